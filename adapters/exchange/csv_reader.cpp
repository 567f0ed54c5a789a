#include "adapters/exchange/csv_reader.h"

namespace lianzheng {

std::string& CsvReader::freshCell() {
    if (count_ == cells_.size()) cells_.emplace_back();
    std::string& cell = cells_[count_++];
    cell.clear();
    return cell;
}

CsvReader::End CsvReader::endOf(int byte) {
    if (byte == '\r' && text_.peek() == '\n') byte = text_.get();
    if (byte == ',') return End::Cell;
    if (byte == '\n') {
        ++line_;
        return End::Record;
    }
    return byte < 0 ? End::File : End::Bad;
}

CsvReader::End CsvReader::readQuoted(std::string& cell) {
    while (++bytes_ <= kLongestRecord) {
        const int byte = text_.get();
        if (byte < 0) return End::Bad;
        if (byte == '\n') ++line_;
        if (byte != '"') {
            cell += static_cast<char>(byte);
        } else if (text_.peek() == '"') {
            cell += static_cast<char>(text_.get());
        } else {
            return endOf(text_.get());
        }
    }
    return End::Bad;
}

CsvReader::End CsvReader::readCell() {
    std::string& cell = freshCell();
    int byte = text_.get();
    if (byte == '"') return readQuoted(cell);
    while (byte >= 0 && byte != ',' && byte != '\n' && !(byte == '\r' && text_.peek() == '\n')) {
        if (byte == '"' || ++bytes_ > kLongestRecord) return End::Bad;
        cell += static_cast<char>(byte);
        byte = text_.get();
    }
    return endOf(byte);
}

Result<bool> CsvReader::next() {
    while (text_.peek() >= 0) {
        recordLine_ = line_;
        count_ = 0;
        bytes_ = 0;
        End end = End::Cell;
        while (end == End::Cell) end = readCell();
        if (end == End::Bad || text_.failedToRead()) return badLine(recordLine_);
        if (count_ > 1 || !cells_[0].empty()) return true;
    }
    if (text_.failedToRead()) return badLine(line_);
    return false;
}

}  // namespace lianzheng

#include "adapters/exchange/row_record.h"

#include <cstdint>
#include <cstring>

namespace lianzheng {

namespace {

void put(std::string_view text, std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(text.size());
    bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
    bytes.append(text);
}

void take(std::string_view& bytes, std::string& text) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), sizeof size);
    text.assign(bytes.substr(sizeof size, size));
    bytes.remove_prefix(sizeof size + size);
}

}  // namespace

void orderKey(const NationalRow& row, std::string& key) {
    const std::string& number = row.record[Field::CertNum];
    key = number.empty() ? '1' : '0';
    key += number.empty() ? row.rawNumber : number;
}

void pack(const NationalRow& row, std::string& bytes) {
    bytes.clear();
    for (const std::string& value : row.record.values()) put(value, bytes);
    put(row.zzeCertId, bytes);
    put(row.codeId, bytes);
    put(row.eCertId, bytes);
    put(row.rawNumber, bytes);
    bytes += row.collected ? '1' : '0';
}

void unpack(std::string_view bytes, NationalRow& row) {
    for (const Field field : kFields) take(bytes, row.record[field]);
    take(bytes, row.zzeCertId);
    take(bytes, row.codeId);
    take(bytes, row.eCertId);
    take(bytes, row.rawNumber);
    row.collected = bytes == "1";
}

}  // namespace lianzheng

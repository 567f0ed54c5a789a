#include "gateway/reconcile/codec.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace lianzheng {
namespace {

class Writer {
public:
    explicit Writer(std::string& out) : out_(out) { out_.clear(); }
    void operator()(const std::string& text) {
        (*this)(static_cast<std::uint32_t>(text.size()));
        out_.append(text);
    }
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void operator()(const T& value) {
        out_.append(sizeof(T), '\0');
        std::memcpy(out_.data() + out_.size() - sizeof(T), &value, sizeof(T));
    }
    template <class T>
    void list(const std::vector<T>& items) {
        (*this)(static_cast<std::uint32_t>(items.size()));
        for (const T& item : items) each(*this, item);
    }

private:
    std::string& out_;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    void operator()(std::string& text) {
        std::uint32_t size = 0;
        (*this)(size);
        if (size > bytes_.size()) return fail();
        text.assign(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
    }
    template <class T>
    requires std::is_trivially_copyable_v<T>
    void operator()(T& value) {
        if (sizeof(T) > bytes_.size()) return fail();
        std::memcpy(&value, bytes_.data(), sizeof(T));
        bytes_.remove_prefix(sizeof(T));
    }
    template <class T>
    void list(std::vector<T>& items) {
        std::uint32_t size = 0;
        (*this)(size);
        if (size > bytes_.size()) return fail();
        items.resize(size);
        for (T& item : items) each(*this, item);
    }
    [[nodiscard]] bool whole() const { return good_ && bytes_.empty(); }

private:
    void fail() {
        good_ = false;
        bytes_ = {};
    }
    std::string_view bytes_;
    bool good_ = true;
};

template <class Archive, class Text>
requires std::is_same_v<std::remove_const_t<Text>, std::string>
void each(Archive& archive, Text& text) { archive(text); }

template <class Archive, class Problem>
requires std::is_same_v<std::remove_const_t<Problem>, Invalid>
void each(Archive& archive, Problem& problem) {
    archive(problem.field);
    archive(problem.rule);
}

template <class Archive, class Record>
void record(Archive& archive, Record& record) {
    for (const Field field : kFields) archive(record[field]);
}

template <class Archive, class Item>
void provincial(Archive& archive, Item& item) {
    auto& desired = item.desired;
    record(archive, desired.record);
    auto& facts = desired.facts;
    archive(facts.sourceKey);
    archive(facts.changedAt);
    archive(facts.authority);
    archive(facts.photoVersion);
    archive(facts.photoReference);
    archive(facts.licenceUrl);
    archive(facts.licenceTime);
    archive(facts.licenceIdentifier);
    archive(facts.predecessorNumber);
    archive(facts.predecessorIdentifier);
    archive(facts.renewalInHand);
    archive(facts.urgent);
    archive.list(desired.problems);
    archive(desired.push);
    archive(desired.comparable);
    archive(desired.seen);
    archive.list(item.otherKeys);
    archive(item.late);
}

template <class Archive, class Item>
void national(Archive& archive, Item& item) {
    auto& row = item.row;
    record(archive, row.record);
    archive(row.zzeCertId);
    archive(row.codeId);
    archive(row.eCertId);
    archive(row.collected);
    archive(row.rawNumber);
    archive(item.known);
    archive(item.comparable);
    archive(item.complete);
}

}  // namespace

void encode(const ProvincialItem& item, std::string& out) {
    Writer writer(out);
    provincial(writer, item);
}

void encode(const NationalItem& item, std::string& out) {
    Writer writer(out);
    national(writer, item);
}

bool decode(std::string_view bytes, ProvincialItem& out) {
    Reader reader(bytes);
    provincial(reader, out);
    return reader.whole();
}

bool decode(std::string_view bytes, NationalItem& out) {
    Reader reader(bytes);
    national(reader, out);
    return reader.whole();
}

}  // namespace lianzheng

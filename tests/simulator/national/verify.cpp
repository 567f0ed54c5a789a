#include "tests/simulator/national/verify.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <utility>

#include "tests/simulator/national/file_text.h"

namespace lianzheng::sim::national {

namespace {

using rapidjson::Value;

std::string text(const Value& object, const char* key) {
    const auto member = object.FindMember(key);
    return member != object.MemberEnd() && member->value.IsString() ? member->value.GetString() : std::string{};
}

bool truthOf(const Value& object, const char* key) {
    const auto member = object.FindMember(key);
    return member != object.MemberEnd() && member->value.IsBool() && member->value.GetBool();
}

/// Nothing was accepted for it since it was seeded.
bool isUntouched(const Entry& entry) {
    return entry.origin == "seed" && std::all_of(entry.events.begin(), entry.events.end(),
                                                 [](const Event& event) { return event.operation == "seed"; });
}

class Comparison {
public:
    Comparison(const std::map<std::string, Entry>& registry, const VerifyPlan& plan)
        : registry_(registry), plan_(plan) {}

    void truthLine(const Value& line) {
        const std::string certNum = text(line, "certNum");
        numberOfKey_[text(line, "sourceKey")] = certNum;
        const auto found = registry_.find(certNum);
        const Entry* entry = found == registry_.end() ? nullptr : &found->second;
        const bool wanted = truthOf(line, "sound") && truthOf(line, "pushed");
        if (!wanted) {
            // Rows that share a number: what one of them forbids, another may have earned.
            (truthOf(line, "sound") ? counts_["notPushed"] : counts_["unsound"]) += 1;
            unwanted_.insert(certNum);
            return;
        }
        counts_["expected"] += 1;
        expected_.insert(certNum);
        const bool excusable = line.HasMember("mayBeRefused");
        const std::size_t before = differences_.size();
        if (entry == nullptr) {
            add(certNum, "missing", "", "", "");
        } else {
            compare(certNum, line, *entry);
        }
        if (differences_.size() == before) {
            counts_["equal"] += 1;
        } else if (excusable) {
            differences_.resize(before);
            counts_["refusedAsExpected"] += 1;
        }
    }

    void manifestLine(const Value& line) {
        const auto expect = line.FindMember("expect");
        if (expect == line.MemberEnd()) return;
        const Value& details = expect->value.IsObject() ? expect->value : line;
        const std::string verdict = expect->value.IsString()
                                        ? expect->value.GetString()
                                        : (details.HasMember("normalised") ? "normalised" : "blocked");
        const auto number = numberOfKey_.find(text(line, "sourceKey"));
        const std::string certNum = number == numberOfKey_.end() ? text(line, "certNum") : number->second;
        const auto found = registry_.find(certNum);
        counts_[verdict] += 1;
        if (verdict == "blocked") {
            if (found != registry_.end() && !expected_.contains(certNum)) unwanted_.insert(certNum);
        } else if (found != registry_.end() && expected_.contains(certNum)) {
            const std::string field = text(details, "field");
            const std::string value = text(details, "value");
            if (!field.empty() && found->second.at(field) != value) {
                add(certNum, "field", field, value, std::string(found->second.at(field)));
            }
        }
    }

    Verification finish() {
        for (const auto& [certNum, entry] : registry_) {
            if (entry.doubled) add(certNum, "doubled", "", "", "");
            if (expected_.contains(certNum) || isUntouched(entry)) continue;
            add(certNum, unwanted_.contains(certNum) ? "changed_though_blocked" : "unexpected", "", "", "");
        }
        counts_["registry"] = registry_.size();
        counts_["differences"] = differences_.size();
        return {std::move(counts_), std::move(differences_)};
    }

private:
    void compare(const std::string& certNum, const Value& line, const Entry& entry) {
        const auto record = line.FindMember("record");
        if (record == line.MemberEnd() || !record->value.IsObject()) return;
        for (const auto& member : record->value.GetObject()) {
            if (!member.value.IsString()) continue;
            const std::string field = member.name.GetString();
            const std::string wanted = member.value.GetString();
            const std::string found{entry.at(field)};
            if (found != wanted) add(certNum, field == "certState" ? "state" : "field", field, wanted, found);
        }
        const bool collected = truthOf(line, "collected");
        if (collected && !entry.collected) add(certNum, "not_collected", "", "", "");
        if (plan_.collectedExactly && !collected && entry.collected) add(certNum, "collected", "", "", "");
    }

    void add(const std::string& certNum, const char* kind, const std::string& field, std::string expected,
             std::string found) {
        if (field == "identityCard") {
            expected = maskedIdentity(expected);
            found = maskedIdentity(found);
        }
        differences_.push_back({certNum, kind, field, std::move(expected), std::move(found)});
    }

    const std::map<std::string, Entry>& registry_;
    VerifyPlan plan_;
    std::map<std::string, std::uint64_t> counts_;
    std::vector<Difference> differences_;
    std::map<std::string, std::string> numberOfKey_;
    std::set<std::string> expected_;
    std::set<std::string> unwanted_;
};

void eachObject(const std::string& lines, const char* file, const std::function<void(const Value&)>& visit) {
    std::size_t number = 0;
    eachLine(lines, [&](std::string_view line) {
        number += 1;
        rapidjson::Document document;
        document.Parse(line.data(), line.size());
        if (document.HasParseError() || !document.IsObject()) {
            throw std::runtime_error(std::string(file) + " line " + std::to_string(number) + " is no JSON object");
        }
        visit(document);
    });
}

}  // namespace

std::string maskedIdentity(const std::string& number) {
    if (number.size() <= 10) return std::string(number.size(), '*');
    return number.substr(0, 6) + std::string(number.size() - 10, '*') + number.substr(number.size() - 4);
}

Verification verify(const std::map<std::string, Entry>& registry, const std::string& truth, const std::string& manifest,
                    const VerifyPlan& plan) {
    Comparison comparison{registry, plan};
    eachObject(truth, "truth", [&](const Value& line) { comparison.truthLine(line); });
    eachObject(manifest, "manifest", [&](const Value& line) { comparison.manifestLine(line); });
    return comparison.finish();
}

}  // namespace lianzheng::sim::national

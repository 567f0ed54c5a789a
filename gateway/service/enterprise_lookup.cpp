#include "gateway/service/enterprise_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "gateway/sync/provincial_rows.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

using Kind = LookupLine::Kind;

constexpr std::size_t kEnding = 4;  // what the store is asked by; longer endings are told apart here

std::string endOf(const std::string& identity) {
    return identity.size() > kEnding ? identity.substr(identity.size() - kEnding) : identity;
}

/// As names are compared: one kind of dot, and no blanks.
std::string comparableName(std::string_view name) {
    std::string text = foldedDots(halfWidth(name));
    std::erase(text, ' ');
    return text;
}

class Lookup {
public:
    Lookup(Composition& parts, Language language)
        : parts_(parts), language_(language), today_(Date::inShanghai(parts.clock().now())) {}

    Result<std::vector<LookupRow>> all(std::span<const LookupLine> lines) {
        if (Status found = findHolders(lines); !found) return tl::unexpected(found.error());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            line_ = i + 1;
            if (Status answered = one(lines[i]); !answered) return tl::unexpected(answered.error());
        }
        return std::move(rows_);
    }

private:
    /// Everybody whose number ends as some line says, by those four characters.
    Status findHolders(std::span<const LookupLine> lines) {
        std::set<std::string> wanted;
        for (const LookupLine& line : lines) {
            if (line.kind == Kind::Person) wanted.insert(endOf(line.ending));
        }
        if (wanted.empty()) return ok();
        const std::vector<std::string> endings(wanted.begin(), wanted.end());
        auto holders = parts_.store().holdersEndingIn(endings);
        if (!holders) return tl::unexpected(holders.error());
        for (HolderOf& holder : *holders) holders_[endOf(holder.person)].push_back(std::move(holder));
        return ok();
    }

    Status one(const LookupLine& line) {
        switch (line.kind) {
            case Kind::Number:
                return ofNumberBesideName(line);
            case Kind::Person:
                return ofPerson(line);
            case Kind::Header:
                say(line, "header", {"表头", "heads"}, {}, {}, false);
                return ok();
            case Kind::Blank:
                say(line, "blank", {"空行", "blank"}, {}, {}, false);
                return ok();
            case Kind::Unreadable:
                break;
        }
        say(line, "unreadable", {"无法识别", "unreadable"}, reasonOf(line.why), helpFor(line.why), true);
        return ok();
    }

    void say(const LookupLine& line, std::string_view word, Label status, Label reason, Label help, bool attention) {
        rows_.push_back({line_,
                         line.number,
                         line.kind == Kind::Person ? line.name : "",
                         endShown(line),
                         line.shown,
                         {word, std::string(status.in(language_)), std::string(reason.in(language_)),
                          std::string(help.in(language_)), attention}});
    }
    static std::string endShown(const LookupLine& line) { return line.kind == Kind::Person ? endOf(line.ending) : ""; }

    Status ofNumber(const LookupLine& line, const std::string& number, const std::string& name) {
        auto known = knownOf(number);
        if (!known) return tl::unexpected(known.error());
        rows_.push_back({line_, number, name, endShown(line), line.shown,
                         answerFor(*known, today_, parts_.map().tellsOfLicences(), language_)});
        return ok();
    }

    /// A number with somebody's name beside it is answered for the number; when nobody of that name holds it, this is
    /// said, and what is known of the number behind it.
    Status ofNumberBesideName(const LookupLine& line) {
        if (Status answered = ofNumber(line, line.number, {}); !answered) return answered;
        if (line.beside.empty() || rows_.back().answer.word == "not_found") return ok();
        const auto holder = nameOfHolder(line.number);
        if (!holder) return tl::unexpected(holder.error());
        const auto his = std::ranges::find(line.beside, *holder, comparableName);
        rows_.back().name = his == line.beside.end() ? line.beside.front() : *his;
        if (his == line.beside.end() && !holder->empty()) notTheirs(rows_.back());
        return ok();
    }

    void notTheirs(LookupRow& row) const {
        const bool chinese = language_ == Language::Chinese;
        row.answer = {"mismatch", chinese ? "不符" : "mismatch",
                      fmt::format(fmt::runtime(chinese ? "此编号登记的持证人不是“{}”；此编号：{}，{}"
                                                       : "the holder of this number is not \"{}\"; the number: {}, {}"),
                                  row.name, row.answer.status, row.answer.reason),
                      chinese ? "请核对编号与姓名" : "check the number and the name", true};
    }

    Result<KnownCertificate> knownOf(const std::string& number) {
        Store& store = parts_.store();
        auto ledger = store.find(number);
        if (!ledger) return tl::unexpected(ledger.error());
        auto intent = store.intentOf(number);
        if (!intent) return tl::unexpected(intent.error());
        auto blocked = store.blockedOf(number);
        if (!blocked) return tl::unexpected(blocked.error());
        auto findings = store.findingsOf(number);
        if (!findings) return tl::unexpected(findings.error());
        return KnownCertificate{std::move(*ledger), std::move(*intent), std::move(*blocked), std::move(*findings)};
    }

    Status ofPerson(const LookupLine& line) {
        const std::string wanted = comparableName(line.name);
        std::map<std::string, std::vector<std::string>> numbersOf;  // by person
        bool unread = false;
        for (const HolderOf& holder : holders_[endOf(line.ending)]) {
            if (!holder.person.ends_with(line.ending)) continue;
            const auto name = nameOfHolder(holder.number);
            if (!name) return tl::unexpected(name.error());
            if (name->empty()) unread = true;
            if (*name == wanted) numbersOf[holder.person].push_back(holder.number);
        }
        if (numbersOf.size() > 1) {
            ambiguous(line, numbersOf.size());
            return ok();
        }
        if (numbersOf.empty()) {
            nobody(line, unread);
            return ok();
        }
        for (const std::string& number : numbersOf.begin()->second) {
            if (Status answered = ofNumber(line, number, line.name); !answered) return answered;
        }
        return ok();
    }

    void ambiguous(const LookupLine& line, std::size_t people) {
        say(line, "ambiguous", {"不唯一", "ambiguous"}, {},
            {"请提供证书编号，或证件号码后 6 位", "give the certificate number, or the last 6 of the identity number"},
            true);
        rows_.back().answer.reason =
            fmt::format(fmt::runtime(language_ == Language::Chinese ? "有 {} 人同名且证件号码尾号相同"
                                                                    : "{} people have this name and this ending"),
                        people);
    }

    void nobody(const LookupLine& line, bool unread) {
        constexpr Label kNobody{"台账、待发与受阻中没有此姓名与尾号",
                                "nobody of this name and ending is registered, queued or blocked"};
        constexpr Label kUnread{"没有找到；有尾号相同而姓名读不到的证书（省库未答复）",
                                "not found; the province did not answer for some of this ending"};
        say(line, "not_found", {"查无", "not found"}, unread ? kUnread : kNobody,
            {"请核对姓名与尾号，或改填证书编号", "check name and ending, or give the certificate number"}, true);
    }

    /// As comparableName(); empty when nobody can say it now. Read once a certificate.
    Result<std::string> nameOfHolder(const std::string& number) {
        const auto known = names_.find(number);
        if (known != names_.end()) return known->second;
        Store& store = parts_.store();
        const auto acknowledged = store.acknowledged(number);
        if (!acknowledged) return tl::unexpected(acknowledged.error());
        std::string name = acknowledged->record[Field::Name];
        if (name.empty()) {
            const auto intent = store.intentOf(number);
            if (!intent) return tl::unexpected(intent.error());
            if (*intent) name = nameIn((*intent)->step.request);
        }
        if (name.empty()) name = nameInProvince(number);
        return names_.emplace(number, comparableName(name)).first->second;
    }

    static std::string nameIn(const Request& request) {
        const auto* assign = std::get_if<AssignCode>(&request);
        return assign == nullptr ? std::string{} : assign->record[Field::Name];
    }

    std::string nameInProvince(const std::string& number) {
        if (provinceAway_) return {};
        const auto rows = provincialRows(parts_.source(), parts_.map(), number);
        provinceAway_ = !rows;
        return rows && !rows->empty() ? rows->front().record[Field::Name] : std::string{};
    }

    Composition& parts_;
    Language language_;
    Date today_;
    std::size_t line_ = 0;
    std::map<std::string, std::vector<HolderOf>, std::less<>> holders_;
    std::map<std::string, std::string, std::less<>> names_;
    std::vector<LookupRow> rows_;
    bool provinceAway_ = false;
};

}  // namespace

Result<std::vector<LookupRow>> lookUp(Composition& parts, std::span<const LookupLine> lines, Language language) {
    return Lookup(parts, language).all(lines);
}

}  // namespace lianzheng

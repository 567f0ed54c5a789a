#include "tests/scenario/entangled.h"

#include <fmt/format.h>

#include <string>

#include "adapters/runtime/random.h"

namespace lianzheng::test {
namespace {

constexpr int kSharedCompanies = 40;  // where the entangled work: enough that 法定代表人 meet
constexpr const char* kPhoto = "data:image/jpg;base64,/9j/4AAQSkY=";

std::string categoryOf(SeededRandom& random) {
    static constexpr const char* kCategories[] = {"A", "A", "B", "B", "B", "C1", "C2", "C3", "C3", "C3"};
    return kCategories[random.next() % std::size(kCategories)];
}

std::string positionOf(const std::string& category, bool legal) {
    if (category == "B") return "07";
    if (category != "A") return "08";
    return legal ? "01" : "03";
}

}  // namespace

std::vector<Holder> entangledProvince(std::size_t certificates, std::uint64_t seed) {
    SeededRandom random(seed);
    std::vector<Holder> holders;
    for (int person = 1; holders.size() < certificates; ++person) {
        const bool entangled = random.next() % 20 == 0;
        const std::uint64_t many = entangled ? 2 + random.next() % 3 : 1;
        for (std::uint64_t i = 0; i < many && holders.size() < certificates; ++i) {
            Holder holder;
            holder.id = static_cast<int>(holders.size()) + 1;
            holder.category = categoryOf(random);
            holder.person = person;
            holder.company =
                entangled ? 1 + (person * 2 + static_cast<int>(random.next() % 2)) % kSharedCompanies : 100 + person;
            holder.appointment = positionOf(holder.category, random.next() % 3 != 0);
            holders.push_back(holder);
        }
    }
    return holders;
}

AssignCode assignOf(const Holder& holder, OperateType type, int event) {
    using enum Field;
    AssignCode assign;
    assign.eCertId = fmt::format("{:024x}{:08x}", holder.id, event);
    assign.operateType = type;
    assign.photo = kPhoto;
    Certificate& record = assign.record;
    const std::string person = personOf(holder.person);
    record[ProvinceNum] = "370000";
    record[CertNum] = numberOf(holder.id, holder.category);
    record[IssuAuth] = "山东省住房和城乡建设厅";
    record[IssuAuthCode] = "113700000045030270";
    record[IssuedDate] = record[IssuDate] = record[EffectiveDate] = holder.issued;
    record[ExpiringDate] = holder.expires;
    record[CategoryCode] = holder.category;
    record[Name] = fmt::format("持证人{}", holder.person);
    record[Gender] = "1";
    record[BirthDate] = fmt::format("{}-{}-{}", person.substr(6, 4), person.substr(10, 2), person.substr(12, 2));
    record[IdentityCard] = person;
    record[IdentityCardType] = "111";
    record[CompanyName] = fmt::format("单位{}", holder.company);
    record[CreditCode] = companyOf(holder.company);
    record[Appointment] = holder.appointment;
    record[EducationDegree] = "03";
    record[CertState] = "01";
    return assign;
}

}  // namespace lianzheng::test

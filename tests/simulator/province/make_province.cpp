#include "tests/simulator/province/make_province.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/simulator/province/records.h"
#include "tests/simulator/province/schema.h"
#include "tests/simulator/province/tables.h"

namespace lianzheng::sim::province {

namespace {

std::ofstream opened(const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file) throw DatabaseError("cannot write " + path.string());
    return file;
}

/// Picks exactly `wanted` of the certificates the platform may hold, in one pass (selection sampling).
/// Those expired with a renewal in hand come first: only a registered one of them has anything to hold back.
class Registration {
public:
    explicit Registration(const ProvinceOptions& options) : dice_(options.population.seed ^ 0x52454749U) {
        Population population(options.population);
        for (auto entries = population.next(); !entries.empty(); entries = population.next()) {
            for (const Entry& entry : entries) {
                if (isEligible(entry)) ++(isFirst(entry) ? first_ : rest_);
            }
        }
        firstWanted_ = std::min(first_, options.registered);
        restWanted_ = std::min(rest_, options.registered - firstWanted_);
    }

    bool takes(const Entry& entry) {
        if (!isEligible(entry)) return false;
        std::int64_t& left = isFirst(entry) ? first_ : rest_;
        std::int64_t& wanted = isFirst(entry) ? firstWanted_ : restWanted_;
        const bool taken = static_cast<std::int64_t>(dice_.below(static_cast<std::uint64_t>(left))) < wanted;
        --left;
        wanted -= taken ? 1 : 0;
        return taken;
    }

private:
    static bool isEligible(const Entry& entry) { return entry.defect == nullptr && mayBeRegistered(entry.certificate); }
    static bool isFirst(const Entry& entry) { return entry.certificate.life == Life::ExpiredRenewing; }

    Dice dice_;
    std::int64_t first_ = 0;
    std::int64_t rest_ = 0;
    std::int64_t firstWanted_ = 0;
    std::int64_t restWanted_ = 0;
};

void registerAtPlatform(Certificate& certificate, const std::string& base) {
    certificate.registered = true;
    const std::string state = nationalState(certificate).value_or("01");
    const bool ended = state == "03" || state == "04" || state == "06" || state == "07";
    certificate.collected = !ended || certificate.index % 10 != 0;
    if (certificate.collected) certificate.licenceUrl = base + sourceKey(certificate.index) + ".pdf";
}

}  // namespace

ProvinceTally makeProvince(Database& database, const ProvinceOptions& options) {
    const std::filesystem::path folder = options.out;
    std::filesystem::create_directories(folder);
    std::ofstream truth = opened(folder / "truth.jsonl");
    std::ofstream manifest = opened(folder / "manifest.jsonl");
    std::ofstream seed = opened(folder / "national-seed.jsonl");
    Registration registration(options);
    Population population(options.population);
    ProvinceTally tally;
    createTables(database);
    database.run("BEGIN");
    Tables tables(database, 1);
    for (auto entries = population.next(); !entries.empty(); entries = population.next()) {
        const Certificate* before = nullptr;
        for (Entry& entry : entries) {
            Certificate& certificate = entry.certificate;
            if (registration.takes(entry)) registerAtPlatform(certificate, options.licenceBase);
            LocalRow row = spelt(certificate, options.photos);
            if (entry.defect != nullptr) entry.defect->spoil(row);
            const bool twin = entry.defect != nullptr && before != nullptr;
            if (twin) spellAsTwin(row);
            before = &certificate;
            tables.addCertificate(certificate, row);
            const bool sound = entry.defect == nullptr || !entry.defect->blocks();
            truth << truthLine(certificate, sound) << '\n';
            if (entry.defect != nullptr) manifest << manifestLine(*entry.defect, certificate, row) << '\n';
            if (certificate.registered) seed << seedLine(certificate, options.population.seed) << '\n';
            ++tally.rows;
            tally.sound += sound ? 1 : 0;
            tally.toBePushed += sound && nationalState(certificate) ? 1 : 0;
            tally.registered += certificate.registered ? 1 : 0;
            tally.blocked += sound ? 0 : 1;
            tally.normalised += sound && entry.defect != nullptr ? 1 : 0;
        }
    }
    database.flush();
    database.run("COMMIT");
    createIndexes(database);
    createView(database);
    return tally;
}

}  // namespace lianzheng::sim::province

// Writes into a directory a report as the report library makes it, of findings of every class with text that must not
// be taken for markup: the page for the browser, and the JSON that says what it has to show.

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "gateway/reconcile/finding_kind.h"
#include "gateway/reporting/report_writer.h"
#include "tests/unit/reporting/sample.h"

namespace {

using namespace lianzheng;

const std::array<std::string, 8> kHostile{
    "<script>document.title = 'taken'</script>",
    R"("><img src="https://elsewhere.example/a.png" onerror="document.title='taken'">)",
    "</td></tr></table><h1>部平台</h1>",
    "'; DROP TABLE finding; -- & &amp; &lt;b&gt;",
    "<style>body { display: none }</style><link rel=stylesheet href=//elsewhere.example/a.css>",
    "\u202E司公限有 \u200B零宽",
    "=HYPERLINK(\"https://elsewhere.example\",1)",
    std::string(300, 'W'),
};

Finding made(FindingKind kind, const std::string& authority, std::size_t at) {
    std::string serial = std::to_string(1'000'000 + at).substr(0, 7);
    Finding finding = testing::finding("鲁建安B（2023）" + serial, kind, authority);
    if (at % 2 == 1) finding.company = kHostile[at / 2 % kHostile.size()];
    finding.owner = static_cast<Owner>(at % 6);
    if (at % 3 == 0) finding.dueAt = testing::at(at % 2 == 0 ? "2026-02-10" : "2026-04-10");
    if (at % 5 == 0) finding.stage = FindingStage::Acknowledged;
    if (at % 7 == 0) {
        finding.stage = FindingStage::Assigned;
        finding.assigned = authority;
    }
    finding.firstSeen = testing::at("2026-03-01") - std::chrono::days{at * at % 131};
    if (kind == FindingKind::IdentityMismatch) {
        finding.field = "identityCard";
        finding.provincialValue = at % 2 == 0 ? "11010519491231002X" : "";
        finding.nationalValue = at % 3 == 0 ? "H1234567890" : "440524188001010014";
        finding.nextStep = "identity";
    } else if (kind == FindingKind::FieldMismatch) {
        finding.field = at % 2 == 0 ? "name" : "companyName";
        finding.provincialValue = kHostile[at % kHostile.size()];
        finding.nationalValue = kHostile[(at + 3) % kHostile.size()];
        finding.nextStep = "update.09";
    } else if (kind == FindingKind::MissingNational || kind == FindingKind::Blocked) {
        finding.nationalValue.clear();
        finding.nextStep = kind == FindingKind::Blocked ? "" : "assign.01";
    } else if (kind == FindingKind::MissingProvincial) {
        // What would not normalise is shown as it was written there.
        finding.number = kHostile[at % kHostile.size()];
        finding.provincialValue.clear();
        finding.nextStep.clear();
    }
    if (kind == FindingKind::Blocked) finding.cause = "部平台拒绝：" + kHostile[at % kHostile.size()];
    return finding;
}

std::vector<Finding> everyClass() {
    std::vector<Finding> findings;
    for (const std::string authority : {"370100", "370200", "370211", "370300", "nowhere"}) {
        for (const FindingKind kind : kFindingKinds) {
            for (int i = 0; i < 2; ++i) findings.push_back(made(kind, authority, findings.size()));
        }
    }
    return findings;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "usage: write_report DIRECTORY\n";
        return EXIT_FAILURE;
    }
    const lianzheng::Status written =
        writeReports(testing::inputOf(everyClass()), words[1], {}, testing::at("2026-03-01"));
    if (!written) std::cerr << written.error().where << ' ' << written.error().code << '\n';
    return written ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "adapters/national/transfer_ins.h"

namespace lianzheng {

Status eachTransferIn(Platform& platform, const std::string& provinceNum, const std::string& certNum,
                      const TransferInSink& sink, const std::stop_token& stop) {
    QueryTransferIns query{.provinceNum = provinceNum, .certNum = certNum};
    std::uint64_t seen = 0;
    while (true) {
        const Completion answer = callAndWait(platform, Request{query}, stop);
        if (!answer.outcome) return tl::unexpected<Error>(answer.outcome.error());
        if (answer.outcome->kind == Verdict::Kind::Refused || !answer.outcome->holdings) {
            return failed(Fault::Rejected, "national.query_in", "refused");
        }
        const Holdings& page = *answer.outcome->holdings;
        for (const Holdings::Item& item : page.items) {
            if (!sink(item)) return ok();
        }
        seen += page.items.size();
        // An empty page ends it too: what the platform counts may have shrunk meanwhile.
        if (page.items.empty() || seen >= page.total) return ok();
        ++query.page;
    }
}

}  // namespace lianzheng

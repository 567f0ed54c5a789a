#include "gateway/sync/fuse.h"

#include <fmt/format.h>

#include <algorithm>

namespace lianzheng {

void PassTally::count(const Plan& plan) {
    if (std::holds_alternative<Blocked>(plan)) blocked += 1;
    const auto* step = std::get_if<Step>(&plan);
    if (step == nullptr) return;
    steps += 1;
    byStep[stepName(*step)] += 1;
    byField[step->fields] += 1;
    const auto* update = std::get_if<UpdateState>(&step->request);
    if (update != nullptr && update->operateType == OperateType::End && !step->dueToDate) ends += 1;
    if (std::holds_alternative<CollectLicence>(step->request)) completions += 1;
    const auto* assign = std::get_if<AssignCode>(&step->request);
    if (assign != nullptr &&
        (assign->operateType == OperateType::Issue || assign->operateType == OperateType::TransferIn)) {
        firstIssues += 1;
    }
}

std::optional<FuseTrip> judge(const PassTally& tally, const FuseSituation& situation, const FuseSettings& settings) {
    if (situation.accepted) {
        if (tally.steps <= *situation.accepted) return std::nullopt;
        return FuseTrip{"more_than_accepted",
                        fmt::format("本次将办理 {} 步，超过已确认的 {} 步。", tally.steps, *situation.accepted),
                        tally.steps};
    }
    if (situation.mappingChanged) {
        return FuseTrip{"mapping", fmt::format("字段映射与上次同步不同，本次将办理 {} 步，请核对后确认。", tally.steps),
                        tally.steps};
    }
    const std::uint64_t among = situation.probed != 0 ? situation.probed : situation.ledgerRows;
    // A probe is a sample: a few missing rows say nothing.
    const double tolerated = static_cast<double>(among) * settings.lostShare + (situation.probed != 0 ? 5 : 0);
    if (among != 0 && static_cast<double>(situation.lost) > tolerated) {
        return FuseTrip{"lost",
                        fmt::format("省库视图缺失 {} 行（共核对 {} 行），疑似视图异常。", situation.lost, among),
                        situation.lost};
    }
    if (tally.ends > settings.terminal) {
        return FuseTrip{
            "terminal",
            fmt::format("本次将注销（撤销、吊销、转出）{} 本证书，超过上限 {}。", tally.ends, settings.terminal),
            tally.ends};
    }
    const std::uint64_t mass = tally.steps - tally.completions - (situation.firstRun ? tally.firstIssues : 0);
    const auto limit =
        std::max(settings.massAtLeast,
                 static_cast<std::uint64_t>(static_cast<double>(situation.ledgerRows) * settings.massShare));
    if (mass > limit) {
        return FuseTrip{"mass", fmt::format("本次将办理 {} 步，超过上限 {}。", mass, limit), mass};
    }
    return std::nullopt;
}

}  // namespace lianzheng

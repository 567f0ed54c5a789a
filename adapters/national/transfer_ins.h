#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "adapters/national/platform.h"

namespace lianzheng {

/// Is handed one certificate that was taken in from another province; false: enough.
using TransferInSink = std::function<bool(const Holdings::Item& item)>;

/// Asks for every transfer in of which `provinceNum` is on either side, of `certNum` alone when it is not empty, page
/// by page until as many were seen as the platform counts. No other call may be under way.
/// Errors: what happened to a call; Rejected `refused` when the platform refuses to answer.
Status eachTransferIn(Platform& platform, const std::string& provinceNum, const std::string& certNum,
                      const TransferInSink& sink, const std::stop_token& stop);

}  // namespace lianzheng

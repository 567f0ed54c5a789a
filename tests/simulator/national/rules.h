#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace lianzheng::sim::national {

enum class Repeat { SameReply, Exists };                 ///< a repeated eCertID, section 6
enum class ThrottleAnswer { Refusal, TooManyRequests };  ///< sections 6: ordinary refusal, or HTTP 429
enum class Revival { Refuse, WhenExpired, Accept };      ///< 02 on a cancelled (04) certificate, section 4
enum class Readback { Everything, TransferredOnly };     ///< what query transferred-out shows, section 3
enum class UnknownAnswer { EmptySuccess, Refusal };      ///< query of an unknown certificate, section 3
enum class TokenRefusal { Unauthorised, Status };        ///< HTTP 401, or 200 with a status alone, section 1

enum class Type { Anguan, Tezhong };  ///< 安管人员 or 特种作业: paths, fields and codes

/// What is said to a call of more items than are taken: each item is refused by its name, the call is and nobody is
/// named, or the call is HTTP 413.
enum class BatchAnswer { Each, Nobody, TooLarge };

/// Every point the document marks **assumed**, or leaves to the deployment. README.md lists them with their sections.
struct Rules {
    Type type = Type::Anguan;
    Repeat repeat = Repeat::SameReply;
    Revival revival = Revival::WhenExpired;
    Readback readback = Readback::Everything;
    UnknownAnswer unknownAnswer = UnknownAnswer::EmptySuccess;
    TokenRefusal tokenRefusal = TokenRefusal::Unauthorised;
    ThrottleAnswer throttleAnswer = ThrottleAnswer::Refusal;
    double throttlePerSecond = 0;      ///< items of 赋码 and 归集; 0: no limit
    unsigned retryAfterSeconds = 1;    ///< sent with HTTP 429
    bool finalStates = true;           ///< 03, 04, 07 are not revived
    bool renewUnknown = false;         ///< 02 and 09 of a certificate the platform never had
    bool predecessorMustAgree = true;  ///< associatedZzeCertID equals the collected licence's identifier
    bool allOrNothingBatches = false;  ///< ordinary batches judged as a whole
    bool holdingRules = true;          ///< section 5 at all
    bool holdingRulesOnIdentityChange = false;
    bool sixthRuleNeedsBothBAndC = true;  ///< an A beside a B or a C alone is not judged
    bool checkDigits = true;              ///< GB 11643, GB 32100, identifier check character
    bool queryDatesWithTime = false;      ///< "Dates may carry a time"
    bool errorGuidIsZzeCertId = false;    ///< collect names the item by zzeCertID, not ID
    bool queryGuidIsProvinceNum = false;  ///< queries name the item by provinceNum, not certNum
    bool collectListsSuccess = false;     ///< "SuccessData may be empty"
    bool expiresInIsNumber = false;
    std::size_t batchMax = 0;  ///< items a call; 0: unlimited
    BatchAnswer batchAnswer = BatchAnswer::Each;
    std::size_t photoMaxBytes = 50 * 1024;  ///< decoded
    unsigned tokenSeconds = 7200;
    std::map<std::string, std::size_t, std::less<>> maxLength;  ///< field → GBK bytes; the document gives none
};

/// A refusal: `kind` is the document's fragment or a word of ours for the statistics; `text` is the ErrorMsg.
struct Refusal {
    std::string kind;
    std::string text;
};

inline constexpr const char* kTooFast = "操作太快，请稍后再试";
inline constexpr const char* kSameCompany = "必须在同一个企业下";
inline constexpr const char* kOtherLegalA = "已存在其他法人A证";
inline constexpr const char* kHasB = "存在B证";
inline constexpr const char* kHasCertificate = "存在证书";
inline constexpr const char* kNumberExists = "证书编号已存在";
inline constexpr const char* kNoMatch = "匹配关系校验失败";

Refusal refused(const char* kind, const std::string& detail);

}  // namespace lianzheng::sim::national

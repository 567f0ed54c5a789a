#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mappings/certificate.h"

namespace lianzheng {

/// What an operation does. The codes are operateType's of 安管人员 (national interface, section 4), by which it goes
/// within the gateway for either type of certificate; 特种作业 spells 变更 08 (certificate_type.h).
enum class OperateType : std::uint8_t {
    Issue = 1,              ///< 01 新发
    Renew = 2,              ///< 02 延续
    Suspend = 3,            ///< 03 暂扣
    Lapse = 4,              ///< 04 过期失效
    End = 5,                ///< 05 注销（撤销、吊销、办理转出）
    Restore = 6,            ///< 06 暂扣发还
    Other = 7,              ///< 07 其他
    TransferIn = 8,         ///< 08 转入
    Change = 9,             ///< 09 变更
    CancelTransferOut = 10  ///< 10 取消办理转出
};

/// What a certificate's state means, with the codes of 安管人员, which records within the gateway carry for either
/// type; 特种作业 spells 03 to 06 otherwise (certificate_type.h). None is our own word for one that the platform does
/// not know.
enum class CertState : std::uint8_t {
    None = 0,
    Valid = 1,           ///< 01 有效
    Suspended = 2,       ///< 02 暂扣
    Revoked = 3,         ///< 03 撤销
    Cancelled = 4,       ///< 04 注销
    Lapsed = 5,          ///< 05 失效
    TransferredOut = 6,  ///< 06 办理转出
    Rescinded = 7,       ///< 07 吊销
    Other = 99           ///< 99 其他
};

/// The two-digit code; empty for CertState::None.
std::string_view code(OperateType type);
std::string_view code(CertState state);
std::optional<OperateType> operateTypeOf(std::string_view code);
/// None for an empty text, nothing for a text that is no code.
std::optional<CertState> certStateOf(std::string_view code);
/// In Chinese, for people: 新发, 有效 …; 未登记 for None.
std::string_view chineseName(OperateType type);
std::string_view chineseName(CertState state);

/// 赋码. `record` carries the state after the step; the photo is a data URI.
struct AssignCode {
    std::string eCertId;
    OperateType operateType{};
    Certificate record;
    std::string photo;
    std::string associatedZzeCertId;
    std::string oldCertNum;
};
/// 校验: the platform's verdict without an effect.
struct CheckAdmission {
    std::string eCertId;
    OperateType operateType{};
    Certificate record;
    std::string oldCertNum;
};
/// 归集.
struct CollectLicence {
    std::string codeId;
    std::string zzeCertId;
    std::string url;
};
/// 状态更新. `record` carries the state after the step.
struct UpdateState {
    std::string eCertId;
    OperateType operateType{};
    Certificate record;
    std::string zzeCertId;
};
/// 证件号码变更. `eCertId` is that of the last accepted event, exactly as sent.
struct ChangeIdentity {
    std::string eCertId;
    Certificate record;
    std::string url;
};
/// 转出查询, used as read-back. At least one of the two is given.
struct QueryCertificate {
    std::string certNum;
    std::string identityCard;
};

/// 一人多证变更单位: certificates of one person that change employer in one call, all or nothing. Each is an event of
/// its own, with its own eCertId.
struct ChangeEmployer {
    std::vector<AssignCode> certificates;
};

/// 转入查询: one page of the certificates that some province took in from another, this one on either side.
struct QueryTransferIns {
    static constexpr std::size_t kLargestPage = 100;
    std::string provinceNum{};
    std::size_t page = 0;                 ///< counted from 0
    std::size_t pageSize = kLargestPage;  ///< at most kLargestPage
    std::string certNum{};                ///< the old number or the new; empty: all
};

struct Batch;

using Request = std::variant<AssignCode, CheckAdmission, CollectLicence, UpdateState, ChangeIdentity, QueryCertificate,
                             QueryTransferIns, ChangeEmployer, Batch>;

/// Several requests of one operation in one call, judged one by one (national interface, section 2, where this is
/// assumed). Never empty; holds no batch and no change of employer.
struct Batch {
    std::vector<Request> items;
};

/// What the operations are called in configuration, logs and evidence: assign, check, collect, update, identity, query,
/// query_in, employer. That of a batch is its items'.
std::string_view operationName(const Request& request);
/// Whether the call may change something at the platform.
bool writes(const Request& request);

/// 电子证照 codes that assigning returns; the code id is both the QR code's content and collecting's `ID`.
struct CodeAssigned {
    std::string codeId;
};
/// What a query answered; empty: perhaps absent.
struct Holdings {
    /// Records with what the reply can show; the other fields are empty, `zzeCertId` beside each.
    struct Item {
        Certificate record;
        std::string zzeCertId;
        std::string oldCertNum{};  ///< of a transfer in: the number it had before, in the other province
    };
    std::vector<Item> items;
    std::uint64_t total = 0;  ///< of a transferred-in query: the items of all pages
};

/// What the platform said about a certificate. Transport troubles are a Fault (adapters/runtime).
struct Verdict {
    enum class Kind : std::uint8_t { Accepted, AcceptedWithWarnings, Refused };
    Kind kind{};
    std::string message;  ///< ErrorMsg or WarnMsg as sent; may carry a foreign certificate's number
    std::optional<CodeAssigned> code;
    std::optional<Holdings> holdings;
    /// Of a change of employer: what was said of each certificate, in the order of the request. The kind is common.
    struct Item {
        std::string message;  ///< empty: nothing was said of this one
        std::optional<CodeAssigned> code;
    };
    std::vector<Item> items{};
};

}  // namespace lianzheng

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/envelope/code_key.h"
#include "adapters/national/platform.h"
#include "adapters/runtime/result.h"
#include "mappings/certificate_type.h"
#include "mappings/operation.h"

namespace lianzheng {

/// Reads replies (national interface, section 2): ReturnCode as text or number, ReturnData absent, null or "", absent
/// lists, the whole wrapped in custom/status. Anything else is malformed, never a success: InDoubt `malformed_…` for a
/// writing call, Unavailable for a reading one. A status other than 1 without ReturnCode: Denied `token_refused`.
/// States are given as within the gateway, whatever the type's table.
/// `codeKey` is borrowed. Threads: one at a time; its buffers are reused from reply to reply.
class ReplyDecoder {
public:
    explicit ReplyDecoder(const CodeKey& codeKey, CertificateType type = CertificateType::Anguan);
    ReplyDecoder(const ReplyDecoder&) = delete;
    ReplyDecoder& operator=(const ReplyDecoder&) = delete;
    ReplyDecoder(ReplyDecoder&& other) noexcept;
    ReplyDecoder& operator=(ReplyDecoder&& other) noexcept;
    ~ReplyDecoder();
    /// `body` is the JSON inside its envelope. Of a batch this is the call's own verdict.
    Result<Verdict> decode(const Request& request, std::string_view body);
    /// The same as the outcome of the completion, a batch's items with it.
    void decode(const Request& request, std::string_view body, Completion& completion);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng

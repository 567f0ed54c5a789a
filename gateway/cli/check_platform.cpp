#include "adapters/national/body_writer.h"
#include "gateway/cli/check_notes.h"
#include "gateway/service/certificate_watch.h"
#include "gateway/sync/read_back.h"

namespace lianzheng {
namespace {

/// A number that no province issues: asking for it shows login and signature without touching anybody.
QueryCertificate nobody(const CommandContext& context) {
    return {context.parts.settings().policy.provinceCharacter + "建安B（1900）0000000", ""};
}

/// What is asked to see whether login and signature work: a query, or where there is none a check (校验) of a
/// certificate that does not exist, which has no effect either.
Request harmless(const CommandContext& context) {
    if (context.parts.settings().type == CertificateType::Anguan) return nobody(context);
    CheckAdmission check;
    check.eCertId = std::string(32, '0');
    check.operateType = OperateType::Renew;
    check.record[Field::ProvinceNum] = context.parts.settings().provinceNum;
    check.record[Field::CertNum] = context.parts.settings().policy.provinceCharacter + "A011900000000";
    check.record[Field::OperationCategory] = "01";
    check.record[Field::IdentityCard] = "0";
    return check;
}

/// Certificates of ours that the platform should show: valid, as far as we know. One may have been tampered with
/// there, so a few.
Result<std::vector<std::string>> ownNumbers(Store& store) {
    constexpr std::size_t kEnough = 3;
    constexpr std::size_t kPage = 2000;
    std::vector<std::string> numbers;
    std::vector<LedgerEntry> page;
    std::string after;
    do {
        if (const Status read = store.ledgerPage(after, kPage, page); !read) {
            return tl::unexpected<Error>(read.error());
        }
        for (const LedgerEntry& entry : page) {
            if (entry.state == CertState::Valid && numbers.size() < kEnough) numbers.push_back(entry.number);
        }
        if (!page.empty()) after = page.back().number;
    } while (numbers.size() < kEnough && page.size() == kPage);
    return numbers;
}

bool shows(const Completion& answer, const std::string& number) {
    return answer.outcome && answer.outcome->holdings && itemOf(*answer.outcome->holdings, number) != nullptr;
}

/// Whether the query call answers for certificates of ours that were not transferred out (platform.readback).
void checkReadBack(const CommandContext& context, Output& output) {
    const bool uses = context.parts.settings().sync.readBack;
    const auto numbers = ownNumbers(context.parts.store());
    if (!numbers) return noteFailure(output, context, "readback", numbers.error());
    if (numbers->empty()) {
        return note(
            output, "readback", true,
            said(context, "未能测量：台账中没有有效证书，只查询了一个不存在的编号",
                 "not measured: no valid certificate is in the ledger; a number that does not exist was asked for"));
    }
    for (const std::string& number : *numbers) {
        const Completion answer =
            callAndWait(context.parts.platform(), Request{QueryCertificate{number, ""}}, context.stop);
        if (!answer.outcome) return noteFailure(output, context, "readback", answer.outcome.error());
        if (!shows(answer, number)) continue;
        return note(output, "readback", true,
                    uses
                        ? said(context, "可回读：查询 {} 得到本省证书", "works: asked for {}, and it was shown", number)
                        : said(context, "可回读（{}），但 platform.readback = none；可改为 query",
                               "works ({}), but platform.readback = none; query would use it", number));
    }
    note(output, "readback", !uses,
         uses ? said(context, "不可回读：查询 {} 等 {} 本有效证书均无结果，请设 platform.readback = none",
                     "does not work: {} and others, {} valid ones in all, were not shown; set platform.readback = none",
                     numbers->front(), numbers->size())
              : said(context, "不可回读，与 platform.readback = none 相符",
                     "does not work, as platform.readback = none says"));
}

void checkClock(const CommandContext& context, Output& output) {
    const auto skew = context.parts.clockSkew();
    if (!skew) {
        return note(
            output, "clock", true,
            said(context, "部平台的答复没有 Date，未能测量", "the platform's replies bear no Date: not measured"));
    }
    note(output, "clock", !skew->isGreat(),
         said(context, "与部平台时钟相差 {} 秒", "{} seconds from the platform's clock", skew->theirs.count()));
    // status shows it until it is measured again.
    const std::vector<Change> changes{PutWord{std::string(ClockSkew::kWord), skew->text()}};
    if (const Status kept = context.parts.store().commit(changes); !kept) {
        noteFailure(output, context, "store", kept.error());
    }
}

/// What each step of an envelope is called.
// NOLINTNEXTLINE(readability-function-cognitive-complexity): a table
std::string stepText(const CommandContext& context, const SealingStep& step) {
    const auto is = [&](std::string_view what) { return step.what == what; };
    std::string name = is("path")             ? said(context, "路径", "path")
                       : is("body")           ? said(context, "业务报文", "business body")
                       : is("input")          ? said(context, "输入", "input")
                       : is("output")         ? said(context, "输出", "output")
                       : is("body_digest")    ? said(context, "报文摘要", "body's digest")
                       : is("string_to_sign") ? said(context, "待签名串", "string to sign")
                       : is("signature")      ? said(context, "签名", "signature")
                       : is("header")         ? said(context, "请求头", "header")
                                              : said(context, "发出的报文", "body as sent");
    if (!step.envelope.empty()) name = step.envelope + " " + name;
    return name;
}

void tellSteps(const CommandContext& context, const std::vector<SealingStep>& steps, Output& output) {
    for (const SealingStep& step : steps) {
        output.items.push_back({{"envelope", step.envelope}, {"what", step.what}, {"text", step.text}});
        std::string text = step.text;
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 3) text.replace(at, 1, "\\n");
        output.line(fmt::format("{}：{}", stepText(context, step), text));
    }
}

/// The same request, sealed and not sent.
Status sealHere(const CommandContext& context, const std::string& path, std::vector<SealingStep>& steps) {
    Sealing sealing;
    sealing.method = "POST";
    sealing.path = path;
    sealing.token = "********";
    sealing.now = context.parts.clock().now();
    sealing.nonce = std::string(32, '0');
    writeBody(harmless(context), sealing.body, context.parts.settings().type);
    return makeExplainingEnvelope(context.parts.envelope(), steps)->seal(sealing);
}

}  // namespace

void checkPlatform(const CommandContext& context, Output& output) {
    if (const Status opened = context.parts.openPlatform(); !opened) {
        return noteFailure(output, context, "key", opened.error());
    }
    note(output, "key", true, said(context, "赋码私钥可用", "the private key for code ids is in order"));
    const Completion answer = callAndWait(context.parts.platform(), harmless(context), context.stop);
    if (!answer.outcome) {
        noteFailure(output, context, "national", answer.outcome.error());
        // A clock that is wrong is often why a hub refuses.
        if (context.parts.clockSkew()) checkClock(context, output);
        return;
    }
    note(output, "national", true,
         said(context, "登录、签名与查询正常，{} 毫秒", "login, signature and query work, {} ms",
              answer.elapsed.count() / 1000));
    checkClock(context, output);
    if (context.parts.settings().type == CertificateType::Anguan) checkReadBack(context, output);
}

void checkCertificates(const CommandContext& context, Output& output) {
    for (const WatchedCertificate& each : watchedCertificates(context.parts.settings(), context.parts.clock().now())) {
        note(output, "certificate", each.isGood(), each.text(context.options.english));
    }
}

Output explainSignature(const CommandContext& context, Output output) {
    std::vector<SealingStep> steps;
    auto platform = context.parts.explainedPlatform(steps);
    if (!platform) {
        output.fail(platform.error(), context.options.english);
        return output;
    }
    const Completion answer = callAndWait(**platform, harmless(context), context.stop);
    platform->reset();  // its threads, which write steps, have ended
    if (steps.empty()) {
        output.line(
            said(context, "登录未成功，以下请求未发出，以 ******** 代替令牌、以零代替随机数",
                 "the login failed: this request was not sent; ******** stands for the token, zeros for the nonce"));
        if (const Status sealed =
                sealHere(context, pathOf(context.parts.settings().national, operationName(harmless(context))), steps);
            !sealed) {
            output.fail(sealed.error(), context.options.english);
            return output;
        }
    }
    tellSteps(context, steps, output);
    if (!answer.outcome) {
        output.fail(answer.outcome.error(), context.options.english);
        return output;
    }
    output.line(said(context, "部平台已受理该请求（HTTP {}，请求号 {}）", "the platform took it (HTTP {}, request {})",
                     answer.httpStatus, answer.requestId));
    return output;
}

}  // namespace lianzheng

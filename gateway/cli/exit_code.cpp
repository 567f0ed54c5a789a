#include "gateway/cli/exit_code.h"

#include <fmt/format.h>

namespace lianzheng {

ExitCode exitCodeOf(const Error& error) {
    const std::string& where = error.where;
    if (error.fault == Fault::Cancelled) return ExitCode::Stopped;
    if (error.code == "evidence_chain") return ExitCode::EvidenceBroken;
    if (where.starts_with("store") || where.starts_with("dispatch")) {
        return error.fault == Fault::Denied ? ExitCode::Denied : ExitCode::Store;
    }
    if (where.starts_with("report") || where.starts_with("evidence") || where.starts_with("exchange.scratch"))
        return ExitCode::Store;
    if (error.fault == Fault::Denied) return ExitCode::Denied;
    const bool shape = error.code.starts_with("column_gone") || error.code.starts_with("table_gone");
    if (shape) return ExitCode::Configuration;  // the mapping no longer fits the source
    if (where.starts_with("envelope") && error.code == "key") return ExitCode::Configuration;
    if (where.starts_with("province") || where.starts_with("national") || where.starts_with("exchange") ||
        where.starts_with("sql")) {
        return ExitCode::Away;
    }
    return ExitCode::Internal;
}

// A table of sentences: a case each, in two languages.
// NOLINTNEXTLINE(readability-function-cognitive-complexity)
std::string explain(const Error& error, bool english) {
    const auto side = [&]() -> std::string {
        if (error.where.starts_with("store")) return english ? "our own store" : "本机状态库";
        if (error.where.starts_with("province")) return english ? "the provincial database" : "省库";
        if (error.where.starts_with("national")) return english ? "the national platform" : "部平台";
        if (error.where.starts_with("exchange")) return english ? "the exchange view" : "前置库";
        if (error.where.starts_with("envelope")) return english ? "the key" : "密钥";
        return error.where;
    }();
    // NOLINTNEXTLINE(readability-function-cognitive-complexity): the same table
    const auto what = [&]() -> std::string {
        if (error.code.starts_with("column_gone:")) {
            const std::string column = error.code.substr(12);
            return english ? fmt::format("has no column `{}` any more; correct province.mapping or the view", column)
                           : fmt::format("已没有列“{}”，请修正映射或视图", column);
        }
        if (error.code == "table_gone") {
            return english ? "has no such table or view any more; correct province.mapping or the view"
                           : "已没有映射所指的表或视图，请修正映射或视图";
        }
        if (error.code == "key") {
            return english ? "cannot be used: not a private key of the kind that is needed; check "
                             "national.code.key.file and envelope.*.key.file"
                           : "无法使用：不是所需类型的密钥，请检查 national.code.key.file 与 envelope.*.key.file";
        }
        if (error.code == "empty") {
            return english
                       ? "has no row at all, though the platform holds certificates: it was not filled; fetch it again"
                       : "没有任何记录，而部平台已有登记：视图可能未生成，请重新获取";
        }
        if (error.code.starts_with("line:")) {
            return english ? fmt::format("cannot be read in line {}; correct the file, or fetch it again",
                                         error.code.substr(5))
                           : fmt::format("第 {} 行无法读取，请更正或重新获取文件", error.code.substr(5));
        }
        if (error.code.starts_with("cell:")) {
            const std::size_t end = error.code.rfind(':');
            const std::string column = error.code.substr(5, end - 5);
            const std::string row = error.code.substr(end + 1);
            return english
                       ? fmt::format("shows no text (UTF-8) in column `{}` of row {}; correct it there", column, row)
                       : fmt::format("第 {} 行的列“{}”不是文本（UTF-8），请在该库更正", row, column);
        }
        if (error.code.starts_with("late_field:")) {
            const std::string place = error.code.substr(11);
            return english ? fmt::format("names a field for the first time late ({}: its line); run it again", place)
                           : fmt::format("后面的行才首次出现字段（{}，其后为行号），请重新运行", place);
        }
        if (error.code.starts_with("no_converter:")) {
            return english ? fmt::format(
                                 "needs /usr/bin/xlsx2csv to read {}; install the package xlsx2csv, or save the "
                                 "workbook as CSV (UTF-8)",
                                 error.code.substr(13))
                           : fmt::format("需用 /usr/bin/xlsx2csv 读取 {}，请安装软件包 xlsx2csv，或另存为 CSV（UTF-8）",
                                         error.code.substr(13));
        }
        if (error.code.starts_with("no_workbook:")) {
            return english
                       ? fmt::format(
                             "cannot be read: {} is damaged, has a password or is no .xlsx; save it as .xlsx "
                             "or CSV (UTF-8) again",
                             error.code.substr(12))
                       : fmt::format("无法读取：{} 已损坏、设有密码或不是 .xlsx，请重新另存为 .xlsx 或 CSV（UTF-8）",
                                     error.code.substr(12));
        }
        if (error.code == "tls") {
            return english ? "cannot be trusted: its certificate does not verify; check national.tls.ca.file"
                           : "TLS 证书校验未通过，请核对 national.tls.ca.file";
        }
        if (error.code == "no_file") {
            return english ? "cannot be reached: the file is not there; check its path"
                           : "暂时无法访问：文件不存在，请核对路径";
        }
        if (error.code == "not_a_database") {
            return english ? "is no database; check its path, keep the file" : "不是数据库文件，请核对路径并保留该文件";
        }
        if (error.code == "disk_full")
            return english ? "has no disk space left; make room and start again" : "磁盘已满，请清理后重试";
        if (error.code == "io" || error.code == "cannot_open" || error.code == "read_only") {
            return english ? "cannot be read or written; look at the disk, its quota and limits, and the file's rights"
                           : "无法读写，请检查磁盘、配额与文件权限";
        }
        if (error.code == "changed_meanwhile") {
            return english ? "changed while it was being read; run it again" : "读取期间发生了变化，请重新运行";
        }
        if (error.code == "schema_newer") {
            return english ? "was written by a newer version of this program; use that version"
                           : "由更新版本的程序写成，请使用新版本";
        }
        switch (error.fault) {
            case Fault::Denied:
                return english ? "refused the credentials; check them" : "拒绝登录，请核对账号与密钥";
            case Fault::Unavailable:
                return english ? "cannot be reached; it is tried again" : "暂时无法访问，稍后自动重试";
            case Fault::Throttled:
                return english ? "wants us to slow down" : "要求降低速率";
            case Fault::InDoubt:
                return english ? "gave no clear answer" : "没有明确答复";
            case Fault::Corrupt:
                return english ? "is not in order; see docs/runbook.md" : "状态异常，请查阅运行手册";
            case Fault::Rejected:
                return english ? "rejected the request" : "拒收请求";
            case Fault::Cancelled:
                return english ? "was interrupted" : "已中断";
        }
        return {};
    }();
    return english ? fmt::format("{} {} [{} {}: {}]", side, what, error.where, word(error.fault), error.code)
                   : fmt::format("{}{} [{} {}: {}]", side, what, error.where, word(error.fault), error.code);
}

}  // namespace lianzheng

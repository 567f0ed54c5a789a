#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/certificate_type.h"
#include "mappings/desired.h"
#include "mappings/operation.h"
#include "mappings/problem.h"
#include "mappings/remembered.h"

namespace lianzheng {

/// One column's value of one row; null is told from ''.
struct Cell {
    std::string_view text;
    bool null = true;
};

/// Where the rows come from: what the source adapter needs to write its SQL. Column names are the source's own.
struct SourceDefinition {
    std::string from;      ///< table or view name, or a query of the user's own in brackets, ready for FROM
    std::string where;     ///< condition, or empty
    std::string latestBy;  ///< column whose greatest value decides between several rows of one key, or empty
    std::string key;       ///< the row's key column
    bool keyIsNumber = false;
    std::string number;                         ///< the column that holds the certificate number
    std::string person;                         ///< the column that holds the identity number, or empty
    std::string company;                        ///< the column that holds the employer's USCC, or empty
    std::string changedAt;                      ///< SQL expression of the watermark, or empty for `none`
    std::chrono::minutes changedAtOffset{480};  ///< the source's local time against UTC
    enum class Photo : std::uint8_t { None, Column, File, Http };
    Photo photo = Photo::None;
    std::string photoFrom;    ///< Column: table; File: root directory; Http: URL prefix
    std::string photoKey;     ///< Column: its key column
    std::string photoColumn;  ///< Column: the picture's column
    enum class Charset : std::uint8_t { Utf8, Gb18030 };
    Charset charset = Charset::Utf8;
    std::string baseTable;  ///< for `check`: whose row count to set beside the view's, or empty
};

/// What the mapping says of one national field beyond its value.
struct FieldTraits {
    bool comparable = true;  ///< compared in reconciliation
    bool push = true;        ///< part of the push digest
};

/// A YAML mapping, compiled once; then rows are mapped without looking anything up by name (mappings/README.md).
/// Threads: map() is const and may run on several threads, each with a Desired of its own.
class FieldMap {
public:
    /// Every problem at once, each with file and line. Code tables are read from `codes/` beside the file.
    static Loaded<FieldMap> load(const std::filesystem::path& file);
    FieldMap(const FieldMap&) = delete;
    FieldMap& operator=(const FieldMap&) = delete;
    FieldMap(FieldMap&& other) noexcept;
    FieldMap& operator=(FieldMap&& other) noexcept;
    ~FieldMap();

    /// Whose certificates these are (`certificate:`).
    [[nodiscard]] CertificateType type() const noexcept;
    [[nodiscard]] const SourceDefinition& source() const noexcept;
    /// The source columns, in the order in which map() wants their cells.
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept;
    /// Problems of columns the source does not have, in the words of load(): `there` are the columns it has.
    [[nodiscard]] FileProblems missingColumns(std::span<const std::string> there) const;
    /// The optional source entries that are absent, each with the feature that is off for it, for `check`.
    [[nodiscard]] const std::vector<std::string>& disabledFeatures() const noexcept;
    /// Whether the rows tell of licence files: by URL and time.
    [[nodiscard]] bool tellsOfLicences() const noexcept;
    [[nodiscard]] const FieldTraits& traits(Field field) const noexcept;
    [[nodiscard]] std::span<const Field> comparableFields() const noexcept;
    [[nodiscard]] std::span<const Field> pushFields() const noexcept;
    /// Changes whenever the file or a code table it uses changes; 16 hex characters.
    [[nodiscard]] const std::string& version() const noexcept;

    /// Whether the mapping says what rows remember of earlier pushes.
    [[nodiscard]] bool adopts() const noexcept;
    /// columns(), and behind them what remember() reads beside.
    [[nodiscard]] std::vector<std::string> adoptColumns() const;
    /// What `row`, with the cells of adoptColumns(), remembers; `desired` is what map() made of it.
    [[nodiscard]] Remembered remember(std::span<const Cell> row, const Desired& desired) const;

    /// Maps one row. Never throws on data: what is wrong stands in `out.problems`.
    void map(std::span<const Cell> row, Desired& out) const;
    /// Of columns(), those that the record, its problems, the row's key, authority and licence identifier come from.
    [[nodiscard]] const std::vector<bool>& recordColumns() const noexcept;
    /// What map() says of the record, problems, key, authority and licence identifier, from recordColumns() alone;
    /// other facts and the digests are left as they were.
    void mapRecord(std::span<const Cell> row, Desired& out) const;
    /// The picture's bytes as a data URI of at most 50 KB decoded, jpg or png by its first bytes.
    [[nodiscard]] static Checked<std::string> photoDataUri(std::string_view bytes);
    /// Whether assigning `type` needs `field` filled: refused as Missing otherwise.
    [[nodiscard]] bool required(Field field, OperateType type) const noexcept;

private:
    struct Compiled;
    explicit FieldMap(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace lianzheng

#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "gateway/reconcile/reconciler.h"
#include "tests/unit/reconcile/fake_store.h"
#include "tests/unit/reconcile/fakes.h"

namespace lianzheng {

class FixedClock final : public Clock {
public:
    TimePoint hour = testing::at("2026-03-01");
    [[nodiscard]] TimePoint now() const override { return hour; }
    void sleepUntil(TimePoint, const std::stop_token&) override {}
};

class ReconcilerTest : public ::testing::Test {
protected:
    ReconcilerTest() { source_.keyColumn = columnOf("ZSID"); }
    static const FieldMap& map() {
        static const FieldMap kMap = [] {
            auto loaded = FieldMap::load(std::filesystem::path(LIANZHENG_MAPPINGS) / "anguan.yaml");
            if (!loaded) throw std::runtime_error(str(loaded.error().front()));
            return std::move(*loaded);
        }();
        return kMap;
    }

    /// A row of the demonstration province under `number` as written there.
    static std::vector<std::string> row(const std::string& number, const std::string& key) {
        const std::map<std::string, std::string, std::less<>> values{{"ZSID", key},
                                                                     {"ZSBH", number},
                                                                     {"ZSLX", "33"},
                                                                     {"FZJG", "山东省住房和城乡建设厅"},
                                                                     {"FZRQ", "2024-08-01"},
                                                                     {"YXQQ", "2024-08-01"},
                                                                     {"YXQZ", "2027-07-31"},
                                                                     {"XM", "张三"},
                                                                     {"CSRQ", "1949-12-31"},
                                                                     {"ZJLX", "身份证"},
                                                                     {"ZJHM", "11010519491231002X"},
                                                                     {"XB", "0"},
                                                                     {"XL", "大专"},
                                                                     {"ZW", "安全员"},
                                                                     {"DWMC", "山东示例建设有限公司"},
                                                                     {"TYXYDM", "113700000045030270"},
                                                                     {"XZQH", "370102"},
                                                                     {"HYLB", "建筑"},
                                                                     {"RYBH", "17"},
                                                                     {"ZPBB", "0011"},
                                                                     {"GXSJ", "2024-08-02 08:30:01"}};
        std::vector<std::string> cells;
        for (const std::string& column : map().columns()) {
            const auto found = values.find(column);
            cells.push_back(found == values.end() ? "" : found->second);
        }
        return cells;
    }
    static Desired mapped(const std::vector<std::string>& texts) {
        std::vector<Cell> cells;
        for (const std::string& text : texts) cells.push_back({text, text.empty()});
        Desired out;
        map().map(cells, out);
        return out;
    }
    void province(const std::string& number) {
        source_.rows.push_back(row(number, std::to_string(source_.rows.size() + 1)));
    }
    static std::size_t columnOf(const char* name) {
        return static_cast<std::size_t>(std::find(map().columns().begin(), map().columns().end(), name) -
                                        map().columns().begin());
    }
    /// In the order of the bytes as written.
    void inOrder() {
        const auto column = columnOf("ZSBH");
        std::stable_sort(source_.rows.begin(), source_.rows.end(),
                         [&](const auto& one, const auto& other) { return one[column] < other[column]; });
    }
    NationalRow& national(const std::string& number) {
        view_.rows.push_back({mapped(row(number, "0")).record, "", "", "", false, ""});
        view_.rows.back().record[Field::CertNum] = number;
        return view_.rows.back();
    }
    Reconciler reconciler() { return Reconciler(source_, map(), store_, clock_, settings_); }
    std::set<testing::FindingKey> open() {
        std::set<testing::FindingKey> keys;
        for (const auto& [key, finding] : store_.kept) {
            if (finding.open) keys.insert(key);
        }
        return keys;
    }

    testing::FakeSource source_;
    testing::FakeView view_;
    testing::FakeStore store_;
    FixedClock clock_;
    ReconcileSettings settings_;
    std::stop_source stop_;
};

}  // namespace lianzheng

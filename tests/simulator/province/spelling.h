#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/province/model.h"

namespace lianzheng::sim::province {

/// A certificate as the province's columns spell it (README.md), by the columns' names.
struct LocalRow {
    std::string zsid, zsbh, zslx, fzjg, scfzrq, fzrq, yxqq, yxqz, ywlx, spzt, scbz, csbz, zxlx, qtbz, qtsm, zw, jjbz,
        yzsbh, yzzbs, gxsj;
    std::int64_t rybh = 0;
    std::string xm, xb, csrq, zjlx, zjhm, xl, zc, zy;
    std::int64_t dwbh = 0;
    std::string dwmc, tyxydm, xzqh, hylb;
    bool hasPhoto = true;
    std::string photo;  ///< bytes; empty with hasPhoto: only its version is kept
    std::string photoVersion;
};

/// `withPhoto` makes the bytes; otherwise only the version is given.
LocalRow spelt(const Certificate& certificate, bool withPhoto);

/// Fills `text` with blanks to `width` characters, as an old CHAR column would.
std::string padded(std::string text, std::size_t width);
/// The province's word for a position of A.
std::string positionWord(const std::string& code);

}  // namespace lianzheng::sim::province

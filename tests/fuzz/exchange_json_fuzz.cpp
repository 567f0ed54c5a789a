#include "tests/fuzz/bytes_as_file.h"
#include "tests/fuzz/exchange_rows.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const lianzheng::BytesAsFile file(lianzheng::textOf(data, size));
    lianzheng::readWhole(*lianzheng::makeJsonRows(file.path()));
    return 0;
}

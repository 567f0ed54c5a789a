#include <string>

#include "adapters/envelope/hex.h"
#include "mappings/field_map.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const std::string_view bytes = textOf(data, size);
    const Checked<std::string> uri = FieldMap::photoDataUri(bytes);
    if (uri) {
        const std::size_t comma = uri->find(',');
        const std::string head = uri->substr(0, comma);
        demand(head == "data:image/jpg;base64" || head == "data:image/png;base64", "the head names the format");
        const auto decoded = fromBase64(std::string_view(*uri).substr(comma + 1));
        demand(decoded && *decoded == bytes, "the picture comes out as it went in");
        demand(bytes.size() <= 50U * 1024U, "no larger than the platform takes");
    }
    // As a reply's Base64, too.
    fromBase64(bytes);
    fromHex(bytes);
    return 0;
}

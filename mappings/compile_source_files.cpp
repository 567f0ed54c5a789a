#include <array>
#include <utility>

#include "mappings/source_compiler.h"

namespace lianzheng {
namespace {

using Photo = SourceDefinition::Photo;

/// A URL behind which a reference stays a path of the same host.
bool isPlaceOfFiles(std::string_view url) {
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    const std::size_t path = url.find('/', scheme);
    if (scheme == 0 || path == scheme || path == std::string_view::npos) return false;
    return url.substr(0, path).find('@') == std::string_view::npos && url.find('#') == std::string_view::npos;
}

}  // namespace

void SourceCompiler::photo() {
    const YamlNode* node = source_.find("photo");
    if (node == nullptr || (node->isScalar() && node->text == "none")) {
        return off("photo", "no code can be assigned, because the platform wants a photo with each");
    }
    if (!yaml_.keys(*node, "source.photo", {"table", "directory", "prefix", "reference", "key", "column", "version"})) {
        return;
    }
    photoKind(*node);
    context_.out.facts.photoReference = factColumn(*node, "source.photo", "reference");
    if (!context_.out.facts.photoReference) {
        yaml_.problem(*node, "source.photo lacks `reference`: the column of a row that says which photo is its own");
    }
    context_.out.facts.photoVersion = factColumn(*node, "source.photo", "version");
    if (!context_.out.facts.photoVersion) off("photo.version", "a changed photo is not noticed");
}

void SourceCompiler::photoKind(const YamlNode& photo) {
    struct Kind {
        std::string_view key;
        Photo photo;
    };
    int given = 0;
    for (const auto& [name, kind] :
         {Kind{"table", Photo::Column}, {"directory", Photo::File}, {"prefix", Photo::Http}}) {
        if (photo.find(name) == nullptr) continue;
        ++given;
        to_.photo = kind;
        to_.photoFrom = yaml_.requiredText(photo, name, "source.photo");
    }
    if (given != 1) {
        yaml_.problem(photo,
                      "source.photo must have one of table (a column holds the picture), directory (files) and "
                      "prefix (HTTP)");
        return;
    }
    if (to_.photo == Photo::Http && !isPlaceOfFiles(to_.photoFrom)) {
        yaml_.problem(photo,
                      "source.photo.prefix must be http:// or https://, a host without an account, and a path at whose "
                      "end a reference can stand, e.g. https://photos.example/");
    }
    if (to_.photo == Photo::Column) {
        to_.photoKey = yaml_.requiredText(photo, "key", "source.photo");
        to_.photoColumn = yaml_.requiredText(photo, "column", "source.photo");
    } else if (photo.find("key") != nullptr || photo.find("column") != nullptr) {
        yaml_.problem(photo, "source.photo: key and column go with table only");
    }
}

void SourceCompiler::licence() {
    FactColumns& facts = context_.out.facts;
    const YamlNode* node = source_.find("licence");
    if (node != nullptr && yaml_.keys(*node, "source.licence", {"url", "time", "identifier"})) {
        facts.licenceUrl = factColumn(*node, "source.licence", "url");
        facts.licenceTime = factColumn(*node, "source.licence", "time");
        facts.licenceIdentifier = factColumn(*node, "source.licence", "identifier");
    }
    if (!facts.licenceUrl) off("licence.url", "licences are not collected (归集)");
    if (!facts.licenceTime)
        off("licence.time", "licences are not collected (归集): a new one cannot be told from an old one");
    if (!facts.licenceIdentifier) off("licence.identifier", "licence identifiers (证照标识) are computed");
}

void SourceCompiler::predecessor() {
    FactColumns& facts = context_.out.facts;
    const YamlNode* node = source_.find("predecessor");
    if (node != nullptr && yaml_.keys(*node, "source.predecessor", {"number", "identifier"})) {
        facts.predecessorNumber = factColumn(*node, "source.predecessor", "number");
        facts.predecessorIdentifier = factColumn(*node, "source.predecessor", "identifier");
    }
    if (!facts.predecessorNumber) off("predecessor.number", "nothing is registered as transferred in (转入)");
    if (!facts.predecessorIdentifier) off("predecessor.identifier", "predecessors are named by the ledger only");
}

}  // namespace lianzheng

#pragma once

#include <string>

#include "mappings/yaml_reader.h"

namespace lianzheng {

/// Reads `bytes` into `root`, what the parser and the rules of YamlFile object to into `file`: the parsing half of
/// YamlFile, and the one place that knows the YAML library.
void buildYamlTree(const std::string& bytes, YamlFile& file, YamlNode& root);

}  // namespace lianzheng

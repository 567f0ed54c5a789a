# The mapping language: included by the CMakeLists.txt beside it.
lianzheng_test(NAME field_map_test LABEL unit-threads
    SOURCES field_map_adopt_test.cpp field_map_test.cpp field_map_problems_test.cpp field_map_source_test.cpp field_map_texts_test.cpp
    LIBRARIES lianzheng_mappings GTest::gmock)
target_compile_definitions(field_map_test PRIVATE LIANZHENG_MAPPINGS="${PROJECT_SOURCE_DIR}/mappings")

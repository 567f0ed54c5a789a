lianzheng_test(NAME sim_province_test LABEL unit
    SOURCES province_check_digits_test.cpp province_evolve_test.cpp province_licences_test.cpp
            province_population_test.cpp province_tables_test.cpp province_truth.cpp
    LIBRARIES sim_province SQLite::SQLite3)

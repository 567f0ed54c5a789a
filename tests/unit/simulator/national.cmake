lianzheng_test(NAME sim_national_test LABEL unit
    SOURCES
        national_faults_test.cpp
        national_hashes_test.cpp
        national_holding_test.cpp
        national_item_test.cpp
        national_registry_test.cpp
        national_samples.cpp
        national_state_test.cpp
        national_verify_test.cpp
    LIBRARIES sim_national)
target_link_libraries(sim_national_test PRIVATE OpenSSL::Crypto)

lianzheng_test(NAME sim_national_server_test LABEL net
    SOURCES national_samples.cpp national_server_test.cpp
    LIBRARIES sim_national)

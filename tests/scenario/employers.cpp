#include "tests/scenario/employers.h"

#include <gtest/gtest.h>

namespace lianzheng::test {

using namespace std::chrono_literals;

void employ(Province& province, int person, int company) {
    Holder holder;
    holder.person = person;
    holder.company = company;
    holder.id = 2 * person - 1;
    holder.category = "B";
    holder.appointment = "07";
    province.add(holder);
    holder.id = 2 * person;
    holder.category = "C3";
    holder.appointment = "08";
    province.add(holder);
}

void moveOne(Province& province, int id, int company, const std::string& at) {
    province.set(id, "XYDM = '" + companyOf(company) + "', DW = '单位" + std::to_string(company) + "'", at);
}

void move(Province& province, int person, int company, const std::string& at) {
    moveOne(province, 2 * person - 1, company, at);
    moveOne(province, 2 * person, company, at);
}

void expectAllMove(World& world, int persons) {
    world.settings.fuse.massShare = 1;
    world.settings.fuse.massAtLeast = 100'000;
    for (int person = 1; person <= persons; ++person) employ(world.province, person, 1 + person % 7);
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(3h);
    for (int person = 1; person <= persons; ++person) {
        move(world.province, person, 10 + person % 5, "2026-03-02 10:00:00");
    }
    (void)world.pass();
    std::size_t calls = 0;
    for (const std::string& name : world.callsSince()) calls += name == "employer" ? 1U : 0U;
    EXPECT_EQ(calls, static_cast<std::size_t>(persons));
    for (int person = 1; person <= persons; ++person) {
        const std::string company = companyOf(10 + person % 5);
        ASSERT_EQ(world.national(2 * person - 1, "B").at("creditCode"), company) << person;
        ASSERT_EQ(world.national(2 * person, "C3").at("creditCode"), company) << person;
    }
    EXPECT_TRUE(world.platform.registry().stats().refusals.empty());
}

}  // namespace lianzheng::test

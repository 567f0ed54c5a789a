#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/simulator/province/defects.h"
#include "tests/simulator/province/invent.h"
#include "tests/simulator/province/model.h"

namespace lianzheng::sim::province {

struct PopulationOptions {
    std::int64_t size = 0;
    std::uint64_t seed = 1;
    Date today;
    double defects = 0.01;
    bool shuffle = false;
    DefectScope scope{};
};

/// A certificate and the defect planted into its row, if any.
struct Entry {
    Certificate certificate;
    const Defect* defect = nullptr;
};

/// Invents the province company by company, in constant memory; the same options give the same certificates.
/// All certificates together satisfy the platform's six holding rules, whatever their states.
class Population {
public:
    explicit Population(const PopulationOptions& options);
    /// The next company's certificates; empty at the end.
    std::vector<Entry> next();

private:
    Certificate base(const Company& company, const Person& person, const std::string& category);
    void addHoldings(std::vector<Entry>& entries, const Company& company, std::size_t room);
    void addLegalRepresentative(std::vector<Entry>& entries, const Company& company, std::size_t room);
    std::vector<Entry> regularCompany();
    std::vector<Entry> defectiveCompany();
    Person newPerson(bool residentOnly);

    PopulationOptions options_;
    Dice dice_;
    Shuffle keys_;
    Shuffle serials_;
    std::int64_t made_ = 0;
    std::int64_t planted_ = 0;
    std::int64_t people_ = 0;
    std::int64_t companies_ = 0;
    std::vector<const Defect*> kinds_;
    std::optional<Company> previous_;
};

/// Makes it a transfer in from 江苏, with that certificate's number and identifier.
void makeTransferredIn(Certificate& certificate, Dice& dice);
/// Gives `certificate` a life, dates, business and times of day, all before `today`.
void giveLife(Certificate& certificate, Life life, Date today, Dice& dice);

}  // namespace lianzheng::sim::province

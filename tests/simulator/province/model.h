#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/province/calendar.h"

namespace lianzheng::sim::province {

/// An invented construction company. `place` is a 6-digit code, empty for a provincial company without a city.
struct Company {
    std::int64_t key = 0;
    std::string name;
    std::string creditCode;
    std::string place;
    std::string trade;
};

/// An invented person; education and title are national codes, the document type is the province's word.
struct Person {
    std::int64_t key = 0;
    std::string name;
    bool male = true;
    Date birth;
    std::string documentType;
    std::string number;
    std::string education;
    std::string title;
    std::string major;
};

/// What has become of a certificate on the day the province is made.
enum class Life {
    Active,
    Suspended,
    Rescinded,
    Cancelled,
    TransferredOut,
    Revoked,
    Other,
    Expired,
    ExpiredRenewing,
    Draft,
    Deleted,
    Test,
};

/// One certificate as it truly is, before the province's spelling gets at it.
struct Certificate {
    std::int64_t index = 0;   ///< the source key's number
    std::int64_t serial = 0;  ///< the number's seven digits
    std::string category;     ///< A B C1 C2 C3
    bool legacy = false;      ///< written with the old letter C
    int year = 0;             ///< of the number
    Company company;
    Person person;
    Date firstIssued;
    Date issued;
    Date expiring;
    std::string appointment;  ///< national code
    Life life = Life::Active;
    std::string business;       ///< the last business (YWLX)
    bool unknownFirst = false;  ///< the province lost the date of first issue; never renewed
    bool urgent = false;
    int version = 1;  ///< of the licence identifier
    std::string predecessorNumber;
    std::string predecessorIdentifier;
    std::string changedAt;
    bool registered = false;  ///< the platform holds it already
    bool collected = false;
    std::string licenceUrl;
    std::string licenceTime;
    bool newPerson = true;   ///< the first certificate that names this person
    bool newCompany = true;  ///< the first that names this company
};

/// What the platform calls the certificate: new form, C as C3.
std::string nationalNumber(const Certificate& certificate);
/// What the province prints: legacy numbers keep their C.
std::string provincialNumber(const Certificate& certificate);
std::string sourceKey(std::int64_t index);
/// The certificate's own licence identifier at `version`.
std::string identifierOf(const Certificate& certificate, int version);
/// The state the platform must end with, or nothing when the certificate is never to be registered.
std::optional<std::string> nationalState(const Certificate& certificate);
/// Whether the platform may hold it already: it has left the province and has no planted defect.
bool mayBeRegistered(const Certificate& certificate);

}  // namespace lianzheng::sim::province

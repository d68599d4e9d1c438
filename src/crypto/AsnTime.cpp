#include "crypto/AsnTime.h"

#include <ctime>

namespace tickmark::crypto {

Result<AsnTimeHandle> asnTimeOf(Timestamp moment) {
    AsnTimeHandle time(ASN1_TIME_set(nullptr, moment.seconds()));
    if (time == nullptr)
        return invalid("time", "", "A certificate cannot carry the time " + moment.iso() + ".");
    return time;
}

Timestamp timestampOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Timestamp{};
    return Timestamp::fromSeconds(timegm(&parts));
}

}  // namespace tickmark::crypto

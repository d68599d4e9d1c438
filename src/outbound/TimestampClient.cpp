#include "tickmark/outbound/TimestampClient.h"

#include "outbound/HttpExchange.h"

namespace tickmark::outbound {

namespace {

constexpr std::size_t largestToken = std::size_t{64} << 10U;
constexpr std::size_t largestCrl = std::size_t{1} << 20U;

}  // namespace

Result<Bytes> requestTimestamp(const TimestampAuthority& authority, ByteView request) {
    HttpQuestion question;
    question.url = authority.url;
    question.method = "POST";
    question.sentType = "application/timestamp-query";
    question.body = request;
    question.wantedType = "application/timestamp-reply";
    question.cap = largestToken;
    question.caFile = authority.caFile;
    question.user = authority.user;
    question.password = authority.password;
    question.errorPrefix = "timestamp";
    question.whom = "time-stamp authority";
    return exchange(question, authority.limits);
}

Result<Bytes> fetchCrl(const std::string& url, const FetchLimits& limits, const std::string& caFile) {
    HttpQuestion question;
    question.url = url;
    question.cap = largestCrl;
    question.caFile = caFile;
    question.errorPrefix = "crl";
    question.whom = "publisher of revocation lists";
    return exchange(question, limits);
}

}  // namespace tickmark::outbound

#include "tickmark/app/Passkeys.h"

#include <algorithm>

#include "app/Access.h"
#include "app/SignInParts.h"
#include "app/Throttle.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/crypto/WebAuthn.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Passkeys.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t challengeSeconds = 5 * 60;
constexpr std::int64_t challengesOfNobody = 1000;
constexpr std::int64_t challengesOfPerson = 10;
constexpr std::size_t longestAnswer = 24'000;
constexpr std::size_t longestName = 60;
constexpr std::string_view toAdd = "add";
constexpr std::string_view toSignIn = "sign-in";

Error malformed() {
    return invalid("passkey-answer", "", "The answer of the passkey cannot be read.",
                   "Try again; if it stays so, use another browser or another passkey.");
}

Error expired() {
    return invalid("passkey-expired", "", "This was answered before, or asked more than five minutes ago.",
                   "Begin again.");
}

/// Strict base64url without padding (RFC 4648 section 5).
Result<Bytes> decoded(const std::string& text) {
    if (text.size() > longestAnswer || text.find_first_of("+/=") != std::string::npos) return malformed();
    std::string base64 = text;
    std::replace(base64.begin(), base64.end(), '-', '+');
    std::replace(base64.begin(), base64.end(), '_', '/');
    constexpr std::size_t group = 4;
    while (base64.size() % group != 0) base64 += '=';
    auto bytes = fromBase64(base64);
    if (!bytes) return malformed();
    return bytes;
}

std::string encoded(ByteView bytes) {
    std::string text = toBase64(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

ledger::Event aboutPasskey(const Context& context, const domain::Actor& actor, std::string kind,
                           const std::string& name) {
    ledger::Event event = eventOf(context, actor, std::move(kind));
    event.subject = "party";
    event.ref = actor.account;
    event.facts.set("name", name);
    return event;
}

/// Password, and a code where the account has codes; then the deed, in the code's transaction.
template <class Then>
Result<void> proved(Context& context, const domain::Actor& actor, const Secret& password,
                    const std::string& code, Then then) {
    TM_CHECK(provePassword(context, actor, password));
    TM_TRY(const auto row, context.database->read([&](storage::ReadSession& session) {
        return storage::secondFactorOf(session, actor.id);
    }));
    if (!row || !row->confirmed) {
        return context.database->write(
            [&](storage::WriteSession& session) -> Result<void> { return then(session); });
    }
    if (trim(code).empty()) {
        return invalid("code-needed", "code", "This step asks for a code of your second factor.",
                       "Take a fresh code from the app, or a recovery code.");
    }
    return withCode(
        context, actor, code, {},
        [&](storage::WriteSession& session, CodeSource) -> Result<void> { return then(session); });
}

/// The challenge that an answer belongs to, now spent, and the digest of its client data.
struct Answered {
    storage::PasskeyChallenge challenge{};
    Digest clientData{};
};
Result<Answered> spendChallenge(Context& context, const PasskeyAnswer& answer, std::string_view purpose,
                                domain::PartyId party) {
    TM_TRY(const Bytes bytes, decoded(answer.clientData));
    const auto client = codec::parseJson(textOf(bytes));
    if (!client) return malformed();
    const Digest token = crypto::Sha256::of(client->textAt("challenge"));
    TM_TRY(auto found, context.database->write([&](storage::WriteSession& session) {
        return storage::takePasskeyChallenge(session, token);
    }));
    if (!found || found->begun.plusSeconds(challengeSeconds) <= context.now()) return expired();
    const std::string_view type = purpose == toAdd ? "webauthn.create" : "webauthn.get";
    if (found->purpose != purpose || found->party != party || client->textAt("type") != type)
        return expired();
    const codec::Json* framed = client->find("crossOrigin");
    const bool foreign = framed != nullptr && (framed->boolean() == nullptr || *framed->boolean());
    if (foreign || client->textAt("origin") != found->origin) {
        return invalid("passkey-origin", "", "The passkey was used on a page of another address.",
                       "Open this server at " + found->origin + " and sign in there.");
    }
    return Answered{*std::move(found), crypto::Sha256::of(textOf(bytes))};
}

Result<PasskeyRequest> ask(storage::WriteSession& session, const Context& context,
                           storage::PasskeyChallenge row) {
    PasskeyRequest request;
    request.challenge = newSecret("");
    request.relyingParty = row.relyingParty;
    request.handle = row.handle;
    row.token = crypto::Sha256::of(request.challenge.reveal());
    row.begun = context.now();
    const std::int64_t most = row.party.value == 0 ? challengesOfNobody : challengesOfPerson;
    TM_CHECK(storage::savePasskeyChallenge(session, row, most));
    return request;
}

Result<SignedIn> signInWith(Context& context, const PasskeyAnswer& answer, const Origin& origin,
                            std::string& account) {
    TM_TRY(const Answered answered, spendChallenge(context, answer, toSignIn, {}));
    struct Found {
        std::optional<storage::PasskeyRow> row;
        domain::Party party;
    };
    TM_TRY(const Found found, context.database->read([&](storage::ReadSession& session) -> Result<Found> {
        Found read;
        TM_TRY(read.row, storage::findPasskey(session, answer.credential));
        if (read.row) {
            TM_TRY(read.party, storage::findParty(session, read.row->party));
        }
        return read;
    }));
    if (!found.row || found.row->handle != answer.handle) {
        return invalid("passkey-unknown", "", "This passkey opens no account here.",
                       "It may have been removed. Sign in with account and password, then add it again.");
    }
    account = found.party.account;
    TM_TRY(const Bytes data, decoded(answer.data));
    TM_TRY(const Bytes signature, decoded(answer.signature));
    TM_TRY(Bytes key, fromBase64(found.row->publicKey));
    TM_TRY(const std::int64_t counter,
           crypto::checkPasskey({found.row->algorithm, std::move(key)}, data, answered.clientData, signature,
                                answered.challenge.relyingParty));
    TM_CHECK(mustBeOpenToday(context, found.party));
    return context.database->write([&](storage::WriteSession& session) -> Result<SignedIn> {
        TM_TRY(const bool grew, storage::usePasskey(session, found.row->credential, counter, context.now()));
        if (!grew) {
            return invalid("passkey-counter", "",
                           "The passkey counts fewer uses than this server saw: there may be a copy of it.",
                           "Sign in another way, remove this passkey and tell the administrator.");
        }
        return openFor(session, context, found.party, origin, "passkey");
    });
}

/// Counts it for the address alone: who holds a passkey's id is nobody yet.
Result<void> noteRefusal(Context& context, const std::string& account, const Error& error,
                         const std::string& address) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        const Timestamp now = context.now();
        TM_CHECK(
            storage::countFailure(session, "address:" + address, now, now.plusSeconds(-forgetAfterSeconds)));
        ledger::Event event;
        event.at = now;
        event.actor = "system";
        event.via = "session";
        event.kind = "party.sign-in-failed";
        event.facts.set("account", account.empty() ? "unknown" : account);
        event.facts.set("address", address).set("of", error.type);
        TM_CHECK(storage::append(session, event));
        return {};
    });
}

bool isName(std::string_view host) {
    const bool plain = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    const std::string_view last = host.substr(host.rfind('.') + 1);
    return plain && std::any_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Result<PasskeyPlace> passkeyPlace(const Settings& settings, std::string_view host) {
    const std::string address =
        settings.publicUrl.empty() ? "http://" + std::string(host) : settings.publicUrl;
    const std::size_t begin = address.find("://") + 3;
    const std::string origin = address.substr(0, address.find('/', begin));
    const std::string authority = origin.substr(begin);
    const std::string name = authority.substr(0, authority.find(':'));
    const bool local = name == "localhost";
    if (isName(name) && (local || (!settings.publicUrl.empty() && origin.starts_with("https://"))))
        return PasskeyPlace{name, origin};
    return refused("passkeys-off",
                   "Passkeys are made for a server's name, and this server does not know its own.",
                   "The administrator sets public_url in tickmark.conf, beginning with https://.");
}

Result<std::vector<PasskeyView>> listPasskeys(Context& context, const domain::Actor& actor) {
    TM_TRY(const auto rows, context.database->read([&](storage::ReadSession& session) {
        return storage::passkeysOf(session, actor.id);
    }));
    std::vector<PasskeyView> views;
    views.reserve(rows.size());
    for (const auto& row : rows) views.push_back({row.credential, row.name, row.added, row.lastUsed});
    return views;
}

Result<PasskeyRequest> beginPasskey(Context& context, const domain::Actor& actor, const PasskeyPlace& place,
                                    const std::string& name, const Secret& password,
                                    const std::string& code) {
    TM_TRY(const std::string word, cleanText("name", name, {1, longestName, false}));
    PasskeyRequest request;
    TM_CHECK(proved(context, actor, password, code, [&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const auto rows, storage::passkeysOf(session, actor.id));
        if (rows.size() >= passkeysPerAccount) {
            return refused("too-many-passkeys",
                           "An account has at most " + std::to_string(passkeysPerAccount) + " passkeys.",
                           "Remove one that you do not use any more.");
        }
        const std::string handle = rows.empty() ? newSecret("").reveal() : rows.front().handle;
        TM_TRY(request,
               ask(session, context,
                   {{}, std::string(toAdd), actor.id, place.relyingParty, place.origin, handle, word, {}}));
        for (const auto& row : rows) request.known.push_back(row.credential);
        return {};
    }));
    return request;
}

Result<void> addPasskey(Context& context, const domain::Actor& actor, const PasskeyAnswer& answer) {
    TM_TRY(const Answered answered, spendChallenge(context, answer, toAdd, actor.id));
    TM_TRY(const Bytes object, decoded(answer.data));
    TM_TRY(const crypto::NewPasskey made,
           crypto::readNewPasskey(object, answered.clientData, answered.challenge.relyingParty));
    const storage::PasskeyRow row{encoded(made.credential),
                                  actor.id,
                                  answered.challenge.handle,
                                  answered.challenge.name,
                                  made.key.algorithm,
                                  toBase64(made.key.bytes),
                                  made.counter,
                                  context.now(),
                                  {}};
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const bool saved,
               storage::savePasskey(session, row,
                                    aboutPasskey(context, actor, "party.passkey-added", row.name)));
        if (saved) return {};
        Error known = invalid("passkey-known", "", "This passkey is known here already.",
                              "Use another device, or remove it first.");
        known.kind = ErrorKind::Conflict;
        return known;
    });
}

Result<void> removePasskey(Context& context, const domain::Actor& actor, const std::string& credential,
                           const Secret& password, const std::string& code) {
    return proved(context, actor, password, code, [&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const auto row, storage::findPasskey(session, credential));
        if (!row || row->party != actor.id) return notFound("passkey");
        return storage::removePasskey(session, actor.id, credential,
                                      aboutPasskey(context, actor, "party.passkey-removed", row->name));
    });
}

Result<PasskeyRequest> beginPasskeySignIn(Context& context, const PasskeyPlace& place,
                                          const std::string& remoteAddress) {
    TM_CHECK(notThrottled(context, "address:" + remoteAddress, addressFailures));
    return context.database->write([&](storage::WriteSession& session) {
        return ask(session, context,
                   {{}, std::string(toSignIn), {}, place.relyingParty, place.origin, {}, {}, {}});
    });
}

Result<SignedIn> finishPasskeySignIn(Context& context, const PasskeyAnswer& answer,
                                     const std::string& remoteAddress, std::string_view userAgent) {
    TM_CHECK(notThrottled(context, "address:" + remoteAddress, addressFailures));
    std::string account;
    auto made = signInWith(context, answer, {remoteAddress, agentFamily(userAgent)}, account);
    if (made) return made;
    Error error = std::move(made).error();
    if (error.kind == ErrorKind::Invalid) error.kind = ErrorKind::Unauthenticated;
    if (error.kind == ErrorKind::Unauthenticated)
        TM_CHECK(noteRefusal(context, account, error, remoteAddress));
    return error;
}

}  // namespace tickmark::app

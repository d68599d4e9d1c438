// Passkeys: adding, signing in, and every answer that must be refused.
#include "tickmark/app/Passkeys.h"

#include "app/Authenticator.h"
#include "app/Door.h"

using namespace tickmark;
using test::Authenticator;
using test::Behaviour;
using test::must;
using test::refusedAs;

namespace {

struct KeyDoor : test::Door {
    app::PasskeyPlace place{"audit.example.org", "https://audit.example.org"};
    std::string handle{};

    [[nodiscard]] Behaviour right(const app::PasskeyRequest& asked, std::uint32_t counter = 0) const {
        Behaviour how;
        how.origin = place.origin;
        how.relyingParty = place.relyingParty;
        how.challenge = asked.challenge.reveal();
        how.counter = counter;
        return how;
    }
    [[nodiscard]] app::PasskeyRequest begin(const std::string& account, const std::string& given = {}) const {
        return must(app::beginPasskey(context(), as(account), place, "laptop", Secret(password), given));
    }
    void add(const std::string& account, const Authenticator& device, std::uint32_t counter = 0) {
        const auto asked = begin(account);
        handle = asked.handle;
        must(app::addPasskey(context(), as(account), device.make(right(asked, counter))));
    }
    [[nodiscard]] app::PasskeyRequest ask() const {
        return must(app::beginPasskeySignIn(context(), place, test::doorAddress));
    }
    [[nodiscard]] Result<app::SignedIn> enter(const app::PasskeyAnswer& answer) const {
        return app::finishPasskeySignIn(context(), answer, test::doorAddress, {});
    }
    /// Refused in these words, entered as a failed sign-in with this reason, and nobody is in.
    void isRefused(const app::PasskeyAnswer& answer, const char* type) const {
        BOOST_CHECK(refusedAs(enter(answer), ErrorKind::Unauthenticated, type));
        BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-in-failed");
        BOOST_CHECK_EQUAL(lastEvent().facts.textAt("of"), type);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(passkeys, KeyDoor)

BOOST_AUTO_TEST_CASE(a_passkey_is_added_after_the_password_and_signs_in) {
    BOOST_CHECK(
        refusedAs(app::beginPasskey(context(), as("po-01"), place, "laptop", Secret("not the password"), {}),
                  ErrorKind::Invalid, "password"));
    const Authenticator device;
    add("po-01", device);
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.passkey-added");
    BOOST_CHECK_EQUAL(lastEvent().ref, "po-01");
    later(10);
    const auto in = must(enter(device.use(right(ask()), handle)));
    BOOST_CHECK_EQUAL(in.session.actor.account, "po-01");
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.sign-in");
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("second_factor"), "passkey");
    const auto list = must(app::listPasskeys(context(), as("po-01")));
    BOOST_REQUIRE_EQUAL(list.size(), 1U);
    BOOST_CHECK_EQUAL(list[0].name, "laptop");
    BOOST_CHECK(list[0].lastUsed == clock().now());
    BOOST_CHECK(app::resumeSession(context(), in.cookie).ok());
}

BOOST_AUTO_TEST_CASE(an_account_with_codes_is_asked_for_one_before_a_passkey_is_added_or_removed) {
    turnOn("po-01");
    BOOST_CHECK(refusedAs(app::beginPasskey(context(), as("po-01"), place, "x", Secret(password), {}),
                          ErrorKind::Invalid, "code-needed"));
    BOOST_CHECK(refusedAs(app::beginPasskey(context(), as("po-01"), place, "x", Secret(password), wrong()),
                          ErrorKind::Invalid, "code"));
    const Authenticator device;
    const auto asked = begin("po-01", code());
    must(app::addPasskey(context(), as("po-01"), device.make(right(asked))));
    BOOST_CHECK(must(enter(device.use(right(ask()), asked.handle))).session.secondFactor);
    BOOST_CHECK(
        refusedAs(app::removePasskey(context(), as("po-01"), device.credential(), Secret(password), {}),
                  ErrorKind::Invalid, "code-needed"));
    later(60);
    must(app::removePasskey(context(), as("po-01"), device.credential(), Secret(password), code()));
    BOOST_CHECK_EQUAL(lastEvent().kind, "party.passkey-removed");
    isRefused(device.use(right(ask()), asked.handle), "passkey-unknown");
}

BOOST_AUTO_TEST_CASE(what_a_device_answers_for_another_place_adds_nothing) {
    const Authenticator device;
    const auto refusedFor = [&](auto spoil, const char* type) {
        Behaviour how = right(begin("po-01"));
        spoil(how);
        BOOST_CHECK(
            refusedAs(app::addPasskey(context(), as("po-01"), device.make(how)), ErrorKind::Invalid, type));
    };
    refusedFor([](Behaviour& how) { how.origin = "https://audit.example.org.evil.example"; },
               "passkey-origin");
    refusedFor([](Behaviour& how) { how.framed = true; }, "passkey-origin");
    refusedFor([](Behaviour& how) { how.relyingParty = "evil.example"; }, "passkey-party");
    refusedFor([](Behaviour& how) { how.flags = 0x01; }, "passkey-unverified");
    refusedFor([](Behaviour& how) { how.flags = 0x04; }, "passkey-unverified");
    refusedFor([](Behaviour& how) { how.challenge += "A"; }, "passkey-expired");
    refusedFor([](Behaviour& how) { how.type = "webauthn.get"; }, "passkey-expired");
    refusedFor([](Behaviour& how) { how.certified = true; }, "passkey-attestation");
    BOOST_CHECK(must(app::listPasskeys(context(), as("po-01"))).empty());
}

BOOST_AUTO_TEST_CASE(a_self_attested_passkey_is_taken_and_its_signature_checked) {
    const Authenticator device;
    Behaviour how = right(begin("po-01"));
    how.selfAttested = true;
    const auto good = device.make(how);
    must(app::addPasskey(context(), as("po-01"), good));
    const Authenticator other;
    how = right(begin("po-01"));
    how.selfAttested = true;
    app::PasskeyAnswer stolen = other.make(how);
    // The statement signs other client data than that which came.
    Behaviour elsewhere = how;
    elsewhere.framed = false;
    elsewhere.type = "webauthn.create ";
    stolen.data = other.make(elsewhere).data;
    BOOST_CHECK(
        refusedAs(app::addPasskey(context(), as("po-01"), stolen), ErrorKind::Invalid, "passkey-signature"));
}

BOOST_AUTO_TEST_CASE(a_challenge_is_answered_once_by_whom_it_was_asked_and_within_five_minutes) {
    const Authenticator device;
    const auto asked = begin("po-01");
    BOOST_CHECK(refusedAs(app::addPasskey(context(), as("po-02"), device.make(right(asked))),
                          ErrorKind::Invalid, "passkey-expired"));
    BOOST_CHECK(refusedAs(app::addPasskey(context(), as("po-01"), device.make(right(asked))),
                          ErrorKind::Invalid, "passkey-expired"));
    add("po-01", device);
    const auto late = ask();
    later(5 * 60);
    isRefused(device.use(right(late), handle), "passkey-expired");
    const auto once = device.use(right(ask()), handle);
    must(enter(once));
    isRefused(once, "passkey-expired");
    // A challenge for adding does not sign in.
    isRefused(device.use(right(begin("po-01")), handle), "passkey-expired");
}

BOOST_AUTO_TEST_CASE(what_does_not_come_from_the_device_at_this_server_signs_nobody_in) {
    const Authenticator device;
    add("po-01", device);
    Behaviour how = right(ask());
    how.origin = "http://audit.example.org";
    isRefused(device.use(how, handle), "passkey-origin");
    how = right(ask());
    how.relyingParty = "example.org";
    isRefused(device.use(how, handle), "passkey-party");
    how = right(ask());
    how.flags = 0x01;
    isRefused(device.use(how, handle), "passkey-unverified");
    how = right(ask());
    how.challenge = "A";
    isRefused(device.use(how, handle), "passkey-expired");
    const Authenticator other;
    app::PasskeyAnswer forged = other.use(right(ask()), handle);
    forged.credential = device.credential();
    isRefused(forged, "passkey-signature");
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("account"), "po-01");
    app::PasskeyAnswer bare = device.use(right(ask()), handle);
    bare.signature.clear();
    BOOST_CHECK(!enter(bare).ok());
    app::PasskeyAnswer padded = device.use(right(ask()), handle);
    padded.data += "=";
    isRefused(padded, "passkey-answer");
}

BOOST_AUTO_TEST_CASE(a_passkey_opens_only_the_account_that_it_was_made_for) {
    const Authenticator device;
    add("po-01", device);
    const std::string first = handle;
    const Authenticator other;
    add("po-02", other);
    BOOST_CHECK(first != handle);
    isRefused(device.use(right(ask()), handle), "passkey-unknown");
    BOOST_CHECK_EQUAL(must(enter(device.use(right(ask()), first))).session.actor.account, "po-01");
    const auto asked = begin("po-02");
    BOOST_CHECK(refusedAs(app::addPasskey(context(), as("po-02"), device.make(right(asked))),
                          ErrorKind::Conflict, "passkey-known"));
    BOOST_CHECK(
        refusedAs(app::removePasskey(context(), as("po-02"), device.credential(), Secret(password), {}),
                  ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(a_counter_that_does_not_grow_is_refused_and_recorded) {
    const Authenticator device;
    add("po-01", device, 7);
    must(enter(device.use(right(ask(), 9), handle)));
    isRefused(device.use(right(ask(), 9), handle), "passkey-counter");
    isRefused(device.use(right(ask(), 8), handle), "passkey-counter");
    isRefused(device.use(right(ask(), 0), handle), "passkey-counter");
    BOOST_CHECK_EQUAL(lastEvent().facts.textAt("account"), "po-01");
    BOOST_CHECK(enter(device.use(right(ask(), 10), handle)).ok());
}

BOOST_AUTO_TEST_CASE(refused_passkeys_make_the_address_wait) {
    const Authenticator device;
    add("po-01", device);
    for (int i = 0; i < 20; ++i) static_cast<void>(enter({}));
    BOOST_CHECK(refusedAs(app::beginPasskeySignIn(context(), place, test::doorAddress), ErrorKind::Throttled,
                          "sign-in-throttled"));
    BOOST_CHECK(refusedAs(enter({}), ErrorKind::Throttled, "sign-in-throttled"));
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_not_opened_by_its_passkey) {
    const Authenticator device;
    add("po-01", device);
    app::AccountChange change;
    change.disabled = true;
    const auto all = must(app::listAccounts(context(), as("ad-01")));
    for (const auto& one : all) {
        if (one.account == "po-01") change.rev = one.rev;
    }
    must(app::changeAccount(context(), as("ad-01"), "po-01", change));
    isRefused(device.use(right(ask()), handle), "account-disabled");
}

BOOST_AUTO_TEST_CASE(a_reset_by_an_administrator_removes_passkeys_too) {
    const Authenticator device;
    add("po-01", device);
    BOOST_CHECK_EQUAL(must(app::accountsWithSecondFactor(context(), as("ad-01"))).size(), 1U);
    must(app::resetSecondFactor(context(), as("ad-01"), "po-01", "Laptop lost"));
    BOOST_CHECK(must(app::listPasskeys(context(), as("po-01"))).empty());
    isRefused(device.use(right(ask()), handle), "passkey-unknown");
    BOOST_CHECK(refusedAs(app::resetSecondFactor(context(), as("ad-01"), "po-01", "Again"),
                          ErrorKind::Refused, "no-second-factor"));
}

BOOST_AUTO_TEST_CASE(where_codes_are_required_a_passkey_signs_in_but_codes_are_still_turned_on_first) {
    const Authenticator device;
    add("po-01", device);
    context().settings.secondFactor = "required";
    BOOST_CHECK(must(enter(device.use(right(ask()), handle))).session.mustEnrol);
}

BOOST_AUTO_TEST_CASE(the_place_is_a_name_with_https_or_localhost) {
    const auto placed = [](const std::string& url, const std::string& host) {
        app::Settings settings;
        settings.publicUrl = url;
        return app::passkeyPlace(settings, host);
    };
    BOOST_CHECK_EQUAL(must(placed("https://audit.example.org/tm", "evil.example")).origin,
                      "https://audit.example.org");
    BOOST_CHECK_EQUAL(must(placed("https://audit.example.org:8443", "")).relyingParty, "audit.example.org");
    BOOST_CHECK_EQUAL(must(placed("", "localhost:8080")).origin, "http://localhost:8080");
    for (const char* url : {"http://audit.example.org", "https://192.0.2.7", "https://[::1]", "https://"})
        BOOST_CHECK(refusedAs(placed(url, "localhost"), ErrorKind::Refused, "passkeys-off"));
    for (const char* host : {"", "evil.example", "127.0.0.1:8080", "localhost.evil.example"})
        BOOST_CHECK(refusedAs(placed("", host), ErrorKind::Refused, "passkeys-off"));
}

BOOST_AUTO_TEST_SUITE_END()

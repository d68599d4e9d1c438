// The one place that knows PKCS#11, through libp11.
#include "tickmark/crypto/Token.h"

#include <dlfcn.h>
#include <libp11.h>
#include <openssl/err.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <span>

#include "crypto/CertificateState.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"
#include "crypto/TokenUri.h"

namespace tickmark::crypto {

namespace {

// Return values of PKCS#11 (version 2.40, section 3.6) that a PIN can lead to.
constexpr int pinIncorrect = 0xA0;
constexpr int pinInvalid = 0xA1;
constexpr int pinLength = 0xA2;
constexpr int pinLocked = 0xA4;

std::string textOrEmpty(const char* text) { return text == nullptr ? std::string() : text; }

// libp11 complains on stderr about a library that is none, so it only gets to see those that are.
bool isModule(const std::string& path) {
    void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
    const bool fits = library != nullptr && dlsym(library, "C_GetFunctionList") != nullptr;
    if (library != nullptr) dlclose(library);
    return fits;
}

// A loaded module. A process loads each only once: unloading one of two would end the other's sessions.
class Module {
  public:
    static Result<std::shared_ptr<Module>> load(const std::string& path) {
        static std::mutex mutex;
        static std::map<std::string, std::weak_ptr<Module>> loaded;
        const std::scoped_lock lock(mutex);
        if (auto known = loaded[path].lock()) return known;
        auto module = std::shared_ptr<Module>(new Module());
        if (!isModule(path) || PKCS11_CTX_load(module->m_context, path.c_str()) != 0) {
            return withReasons(environment("token-module",
                                           "The PKCS#11 module \"" + path + "\" cannot be loaded.",
                                           "Install the token's driver and name its library."));
        }
        module->m_isLoaded = true;
        loaded[path] = module;
        return module;
    }
    ~Module() {
        if (m_isLoaded) PKCS11_CTX_unload(m_context);
        PKCS11_CTX_free(m_context);
    }
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;
    [[nodiscard]] PKCS11_CTX* context() const noexcept { return m_context; }

  private:
    Module() : m_context(required(PKCS11_CTX_new())) {}
    PKCS11_CTX* m_context;
    bool m_isLoaded = false;
};

// All slots of a module; sessions and logins end with it.
class Slots {
  public:
    explicit Slots(std::shared_ptr<Module> module) : m_module(std::move(module)) {
        if (PKCS11_enumerate_slots(m_module->context(), &m_slots, &m_count) != 0) m_slots = nullptr;
    }
    ~Slots() {
        if (m_slots != nullptr) PKCS11_release_all_slots(m_module->context(), m_slots, m_count);
    }
    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;

    [[nodiscard]] std::span<PKCS11_SLOT> all() const noexcept {
        return m_slots == nullptr ? std::span<PKCS11_SLOT>() : std::span(m_slots, m_count);
    }

  private:
    std::shared_ptr<Module> m_module;
    PKCS11_SLOT* m_slots = nullptr;
    unsigned int m_count = 0;
};

bool fits(const std::string& wanted, const char* found) {
    return wanted.empty() || wanted == textOrEmpty(found);
}

bool isWanted(const PKCS11_SLOT& slot, const TokenUri& uri) {
    const PKCS11_TOKEN* token = slot.token;
    return token != nullptr && token->initialized != 0 && fits(uri.token, token->label) &&
           fits(uri.manufacturer, token->manufacturer) && fits(uri.model, token->model) &&
           fits(uri.serial, token->serialnr);
}

Result<PKCS11_SLOT*> findToken(const Slots& slots, const TokenUri& uri) {
    PKCS11_SLOT* found = nullptr;
    for (PKCS11_SLOT& slot : slots.all()) {
        if (!isWanted(slot, uri)) continue;
        if (found != nullptr) {
            return invalid("token-uri", "key", "More than one token fits the address of the key.",
                           "Name the token: pkcs11:token=…;object=….");
        }
        found = &slot;
    }
    if (found != nullptr) return found;
    return Error{ErrorKind::NotFound,
                 "token",
                 uri.token.empty() ? "There is no token." : "There is no token named \"" + uri.token + "\".",
                 "key",
                 {},
                 "Plug it in, or list the tokens with pkcs11-tool --list-token-slots."};
}

// What a token tells about its PIN after a wrong one.
std::string triesLeft(const std::shared_ptr<Module>& module, const TokenUri& uri) {
    const Slots again(module);
    const auto slot = findToken(again, uri);
    if (!slot) return {};
    if ((*slot)->token->userPinFinalTry != 0) return " One more wrong PIN locks it.";
    return (*slot)->token->userPinCountLow != 0 ? " Few tries are left." : "";
}

Result<void> logIn(const std::shared_ptr<Module>& module, PKCS11_SLOT* slot, const TokenUri& uri,
                   const Secret& pin) {
    const std::string name = "token \"" + textOrEmpty(slot->token->label) + "\"";
    if (slot->token->loginRequired == 0) return {};
    const Error locked = refused("pin-locked", "The PIN of the " + name + " is locked.",
                                 "Unlock it with the security officer's PIN.");
    if (slot->token->userPinLocked != 0) return locked;
    if (PKCS11_login(slot, 0, pin.reveal().c_str()) == 0) return {};
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    if (reason == pinLocked) return withReasons(locked);
    if (reason == pinIncorrect || reason == pinInvalid || reason == pinLength) {
        return withReasons(refused("pin", "The PIN does not open the " + name + "." + triesLeft(module, uri),
                                   "Type the PIN again."));
    }
    return withReasons(environment("token-module", "The " + name + " does not answer.",
                                   "Take it out, plug it in again, and try once more."));
}

bool isWantedObject(const TokenUri& uri, const char* label, ByteView id) {
    return fits(uri.object, label) &&
           (uri.id.empty() || std::equal(uri.id.begin(), uri.id.end(), id.begin(), id.end()));
}

Result<PKCS11_KEY*> findKey(PKCS11_TOKEN* token, const TokenUri& uri) {
    PKCS11_KEY* keys = nullptr;
    unsigned int count = 0;
    if (PKCS11_enumerate_keys(token, &keys, &count) != 0) count = 0;
    PKCS11_KEY* found = nullptr;
    for (PKCS11_KEY& key : std::span(keys, count)) {
        if (!isWantedObject(uri, key.label, ByteView(key.id, key.id_len))) continue;
        if (found != nullptr) {
            return invalid("token-uri", "key", "More than one key of the token fits the address.",
                           "Add its name or id: pkcs11:token=…;object=…;id=%01.");
        }
        found = &key;
    }
    if (found != nullptr) return found;
    return Error{ErrorKind::NotFound,
                 "token-key",
                 "The token \"" + textOrEmpty(token->label) + "\" holds no such private key.",
                 "key",
                 {},
                 "List its keys with pkcs11-tool --login --list-objects."};
}

Result<std::vector<Certificate>> certificatesFor(PKCS11_TOKEN* token, const std::string& pem) {
    std::vector<Certificate> certificates;
    if (!pem.empty()) {
        TM_TRY(certificates, Certificate::allFromPem(pem));
    }
    PKCS11_CERT* held = nullptr;
    unsigned int count = 0;
    if (PKCS11_enumerate_certs(token, &held, &count) != 0) count = 0;
    for (const PKCS11_CERT& each : std::span(held, count)) {
        if (each.x509 == nullptr) continue;
        // Read anew from its DER, so that nothing in the token's memory stays behind it.
        auto certificate = Certificate::fromDer(derOf<X509>(each.x509, &i2d_X509));
        if (certificate) certificates.push_back(*std::move(certificate));
    }
    if (!certificates.empty()) return certificates;
    return Error{ErrorKind::NotFound,
                 "token-certificate",
                 "The token \"" + textOrEmpty(token->label) + "\" holds no certificate.",
                 "key",
                 {},
                 "Bring the certificate that was issued for this key as a PEM file."};
}

}  // namespace

Result<SigningKey> openTokenKey(const TokenAddress& address, const Secret& pin) {
    const ErrorScope scope;
    TM_TRY(const TokenUri uri, parseTokenUri(address.uri));
    TM_TRY(const auto module,
           Module::load(address.modulePath.empty() ? "p11-kit-proxy.so" : address.modulePath));
    auto slots = std::make_shared<Slots>(module);
    TM_TRY(PKCS11_SLOT * slot, findToken(*slots, uri));
    TM_CHECK(logIn(module, slot, uri, pin));
    TM_TRY(PKCS11_KEY * found, findKey(slot->token, uri));
    PkeyHandle key(PKCS11_get_private_key(found));
    if (key == nullptr) {
        return withReasons(refused("key-type", "This kind of key in the token cannot sign evidence.",
                                   "Use an EC key on P-256 or P-384, or an RSA key of at least 3072 bits."));
    }
    TM_TRY(const auto certificates, certificatesFor(slot->token, address.certificatesPem));
    return assembleKey(std::move(key), certificates, std::move(slots));
}

}  // namespace tickmark::crypto

// tsa_responder: a time-stamp authority for test suites, on 127.0.0.1 until it is ended by a signal.
//   --port N      0 (the default) takes a free one; the port is the first line that is printed
//   --mode NAME   good (the default), refuse, wrong-nonce, wrong-imprint, slow, drip, garbage, bad-eku,
//   expired,
//                 redirect, server-error, flaky, break-off, client-error, wrong-type, big
//   --key-dir DIR where root.pem, root.key, tsa.pem and root.crl lie; the root there is used again
//   --tls         https with a certificate for localhost, whose root is written to DIR/tls-root.pem
#include <csignal>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "responder/Responder.h"

namespace {

using namespace tickmark;
using namespace tickmark::test;

struct Options {
    unsigned short port = 0;
    Manner manner = Manner::Good;
    std::string folder{};
    bool withTls = false;
};

Result<Options> readOptions(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--tls") {
            options.withTls = true;
            continue;
        }
        if (i + 1 == words.size()) return invalid("usage", word, word + " needs a value.");
        const std::string& value = words[++i];
        if (word == "--port") {
            options.port = static_cast<unsigned short>(std::stoul(value));
        } else if (word == "--mode") {
            TM_TRY(options.manner, mannerNamed(value));
        } else if (word == "--key-dir") {
            options.folder = value;
        } else {
            return invalid("usage", word, "There is no option " + word + ".");
        }
    }
    return options;
}

}  // namespace

int main(int count, char** words) {
    // Blocked before any thread starts, so that only this one takes them.
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    const auto options = readOptions({words + 1, words + count});
    if (!options) {
        std::cerr << describe(options.error()) << '\n';
        return 2;
    }
    try {
        const Responder responder(TimeHouse::open(options->folder), options->manner, options->port,
                                  options->withTls);
        if (options->withTls && !options->folder.empty())
            std::ofstream(options->folder + "/tls-root.pem") << responder.tlsRootPem();
        std::cout << responder.port() << std::endl;
        int signal = 0;
        sigwait(&ends, &signal);
        return 0;
    } catch (const std::exception& e) {
        std::cerr << e.what() << '\n';
        return 1;
    }
}

// tickmark: every command, and the server.
#include "tickmark/cli/CommandLine.h"
#include "tickmark/http/WebApp.h"

int main(int argc, char** argv) {
    return tickmark::cli::run(argc, argv, [](const tickmark::cli::ServeRequest& request) {
        return request.checkOnly ? tickmark::http::checkConfiguration(request.data, request.listen)
                                 : tickmark::http::serve(request.data, request.listen);
    });
}

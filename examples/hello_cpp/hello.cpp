// The smallest plugin in C++: one settings page that greets whoever opens it.
#include <aspm/plugin.hpp>

namespace {

class Hello : public aspm::Plugin {
public:
    explicit Hello(const aspm::Host& host) : Plugin(host) {}

    void start(aspm::Registrar& registrar) override {
        registrar.add<&Hello::page>(aspm::SettingsPage{"hello-cpp", "Hello", "Integrations / Hello",
                                                       ASPM_ROLE_MEMBER, ASPM_ROLE_MEMBER});
        host().log().info("Hello is ready.");
    }

    void stop() override {}

private:
    void page(aspm::Call&, const aspm::HttpRequest& request, aspm::HttpResponse& response) {
        if (request.path() != "/") {
            throw aspm::NotFoundError("This plugin has no page " + std::string(request.path()) + ".",
                                      "Open " + std::string(request.mountUrl()) + "/ instead.");
        }
        const auto principal = request.principal();
        response.send(200, "text/plain; charset=utf-8", "Hello, " + principal->userName + ".\n");
    }
};

} // namespace

ASPM_PLUGIN(Hello, "com.example.hello-cpp", "1.0.0");

#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <Poco/Net/ServerSocket.h>

namespace test_support {

/// What a bad network does to the connections that are made while it is set. Each chance is per connection;
/// the moment is a random byte of it, in either direction.
struct Weather {
    double cut = 0;                     ///< it is reset
    double silence = 0;                 ///< half-open: it stands, and nothing comes through any more
    double spoil = 0;                   ///< a byte arrives as another one, which TLS does not forgive
    double refuse = 0;                  ///< it is closed as soon as it is made
    std::chrono::milliseconds delay{0}; ///< before each piece that is passed on
    std::size_t latestByte = 6'000;     ///< the moment is not after this one
    unsigned seed = 1;
};

/// A network between two programs that can be pulled: passes connections on to another port of this machine
/// while it is open; closed, it refuses new ones and cuts those that stand. What is behind it keeps its
/// state, which a stopped server would lose. Safe from any thread.
class Gate {
public:
    /// Open from the start. `url`: what is behind, e.g. https://127.0.0.1:8443. Throws Poco::Exception when
    /// no port is free.
    explicit Gate(const std::string& url);
    /// Open as well, and leads nowhere until leadTo(): for a server that must be told its address when it
    /// starts.
    Gate();
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    /// The same URL through this gate.
    std::string url() const;

    void leadTo(const std::string& url);

    void close();
    void open();

    /// For connections from now on. Those that fell silent under the last weather are cut.
    void setWeather(const Weather& weather);

private:
    /// What becomes of one connection.
    struct Fate {
        enum class Kind { None, Cut, Silence, Spoil, Refuse } kind = Kind::None;
        std::size_t bytesLeft = 0; ///< until then
        std::chrono::milliseconds delay{0};
        int weather = 0; ///< number of the weather that it was made under
    };

    void accept(Poco::Net::ServerSocket listener);
    void pass(Poco::Net::StreamSocket client, Fate fate);
    bool passWhatCame(Poco::Net::StreamSocket& client, Poco::Net::StreamSocket& server, Fate& fate);
    void staySilent(const Fate& fate) const;
    Fate nextFate();

    std::string _scheme = "https";
    Poco::Net::SocketAddress _behind;
    Poco::Net::SocketAddress _address;
    std::mutex _mutex;
    std::mutex _weatherMutex;
    Weather _weather;
    std::minstd_rand _random;
    std::atomic<int> _weatherNumber{0};
    std::atomic<bool> _isOpen{false};
    std::thread _acceptor;
    std::vector<std::thread> _connections;
};

} // namespace test_support

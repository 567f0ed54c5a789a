#include "adapters/exchange/child_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.program";

/// What a child begins with: its three streams, no signal blocked or ignored.
class SpawnPlan {
public:
    explicit SpawnPlan(int output) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attributes_);
        sigset_t signals{};
        sigemptyset(&signals);
        posix_spawnattr_setsigmask(&attributes_, &signals);
        sigfillset(&signals);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&actions_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    SpawnPlan(SpawnPlan&&) = delete;
    SpawnPlan& operator=(SpawnPlan&&) = delete;

    /// 0, or the error number.
    int spawn(pid_t& id, std::vector<std::string>& command) {
        std::vector<char*> words;
        words.reserve(command.size() + 1);
        for (std::string& word : command) words.push_back(word.data());
        words.push_back(nullptr);
        std::string path = "PATH=/usr/bin:/bin";
        std::string locale = "LC_ALL=C.UTF-8";
        std::array<char*, 3> environment{path.data(), locale.data(), nullptr};
        return posix_spawn(&id, words[0], &actions_, &attributes_, words.data(), environment.data());
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<std::unique_ptr<ChildProgram>> ChildProgram::start(std::vector<std::string> command) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed(Fault::Unavailable, kWhere, "no_process");
    pid_t id = 0;
    const int error = SpawnPlan(ends[1]).spawn(id, command);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        return failed(Fault::Unavailable, kWhere, error == EAGAIN || error == ENOMEM ? "no_process" : "no_program");
    }
    return std::unique_ptr<ChildProgram>(new ChildProgram(id, ends[0]));
}

ChildProgram::~ChildProgram() {
    if (output_ >= 0) ::close(output_);
    kill();
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

int ChildProgram::takeOutput() { return std::exchange(output_, -1); }

bool ChildProgram::endedWell() const {
    siginfo_t ended{};
    // It is left to be reaped by the destructor: until then its id cannot be another's.
    int got = 0;
    do {
        got = ::waitid(P_PID, static_cast<id_t>(id_), &ended, WEXITED | WNOWAIT);
    } while (got != 0 && errno == EINTR);
    return got == 0 && ended.si_code == CLD_EXITED && ended.si_status == 0;
}

void ChildProgram::kill() const noexcept { ::kill(id_, SIGKILL); }

}  // namespace lianzheng

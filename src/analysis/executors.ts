/** A way to have a command run any other one: the permissions for that other one are then advice. */
export interface Executor {
  /** Calls of it that run what nobody has looked at. `any-…` stands for whatever the agent chooses. */
  readonly pattern: string;
  readonly reason: string;
}

const RUNS_ITS_ARGUMENTS = 'runs the command that follows it';
const RUNS_A_PACKAGE = 'runs any package, one that was never installed too';
const RUNS_CODE = 'runs the code that it is given';
const RUNS_A_FILE = 'runs whatever a file holds';
const RUNS_AN_OPTION = 'runs the program that an option names';
const RUNS_WITH_THE_DISK = 'runs anything, with the whole disk at hand';
const STARTS_AN_AGENT = 'starts an agent that these permissions do not bind';

/** What is matched exactly: each line is a reason and the patterns that it is the reason for. */
const TABLE: readonly (readonly [reason: string, patterns: string])[] = [
  [
    RUNS_A_PACKAGE,
    `npx any-package *|npx -y any-package *|npm exec any-package *|npm exec -- any-package *|npm x any-package *|npm init any-package *
pnpm dlx any-package *|pnpm exec any-program *|yarn dlx any-package *|yarn exec any-program *|bunx any-package *|bun x any-package *
uvx any-package *|pipx run any-package *|nix run any-package *|go run any-package *|deno run any-file *|deno run -A any-file *`,
  ],
  [
    RUNS_CODE,
    `python -c any-code *|python3 -c any-code *|node -e any-code *|node --eval any-code *|node -p any-code *|deno eval any-code *|bun -e any-code *
ruby -e any-code *|perl -e any-code *|php -r any-code *|lua -e any-code *|osascript -e any-code *|pwsh -c any-code *|powershell -Command any-code *
awk 'BEGIN{system("any-program")}' *|sed 1eany-program *|psql -c "\\! any-program" *|vim -c !any-program *|make *--eval=any-rule *`,
  ],
  [
    RUNS_A_FILE,
    `sh /tmp/any-file *|bash /tmp/any-file *|zsh /tmp/any-file *|source /tmp/any-file *|python /tmp/any-file *|python3 /tmp/any-file *
node /tmp/any-file *|ruby /tmp/any-file *|perl /tmp/any-file *|php /tmp/any-file *|make -f /tmp/any-file *|tsx /tmp/any-file *`,
  ],
  [
    RUNS_ITS_ARGUMENTS,
    `env any-program *|xargs any-program *|nohup any-program *|nice any-program *|timeout 1 any-program *|setsid any-program *
stdbuf -o0 any-program *|watch any-program *|strace any-program *|parallel any-program *|sudo any-program *|doas any-program *|su -c any-program *
ssh any-host any-program *|script -c any-program *|flock any-file any-program *|find *-exec any-program *|find *-execdir any-program *
git submodule foreach any-program *|git bisect run any-program *|git rebase *--exec any-program *|git rebase *-x any-program *
uv run any-program *|poetry run any-program *|pipenv run any-program *|conda run any-program *|bundle exec any-program *|composer exec any-program *
mise exec -- any-program *|nix-shell --run any-program *|direnv exec . any-program *|tmux new-session any-program *|systemd-run any-program *
docker exec any-container any-program *|docker compose exec any-service any-program *|kubectl exec any-pod -- any-program *`,
  ],
  [
    RUNS_AN_OPTION,
    `git -c core.pager=any-program *|git -c alias.any=!any-program *|git config alias.any !any-program|git config core.pager any-program
git fetch --upload-pack=any-program *|git clone --upload-pack=any-program *|git push --receive-pack=any-program *|git grep --open-files-in-pager=any-program *
go test *-exec any-program *|go build -toolexec any-program *|go vet -vettool=any-program *
tar --to-command=any-program *|tar *--checkpoint-action=exec=any-program *|rsync -e any-program *`,
  ],
  [
    RUNS_WITH_THE_DISK,
    `docker run -v /:/host any-image *|docker run --rm -v /:/host any-image *|docker run -it -v /:/host any-image *|podman run -v /:/host any-image *`,
  ],
  [
    STARTS_AN_AGENT,
    `claude -p any-request *|opencode run any-request *|codex exec any-request *|gemini -p any-request *`,
  ],
];

/** Every way that is known. */
export const EXECUTORS: readonly Executor[] = TABLE.flatMap(([reason, patterns]) =>
  patterns.split(/[\n|]/).map((pattern) => ({ pattern, reason })),
);

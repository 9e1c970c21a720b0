import type { Domain } from './domain.ts';
import type { PatternRule, Policy } from './policy.ts';

/**
 * Arguments that a person would recognize, for the second pass over witnesses: `terraform destroy -auto-approve` reads better than
 * `terraform dq`. The likelier ones come first.
 */
const commands = `
git status|git push|git push --force|git push origin main|git commit -m "fix"|git log --oneline|git diff|git diff --staged
git add .|git add src/index.ts|git checkout main|git checkout -b feature|git switch main|git reset --hard|git reset --hard HEAD~1
git clean -fd|git rebase main|git merge main|git pull|git fetch|git stash|git branch -D feature|git tag v1.0.0|git show HEAD
git restore .|git rev-parse HEAD|git blame src/index.ts|git config user.name|git -c core.pager=less log|git remote -v|git clone https://example.com/a.git
npm test|npm run build|npm run test|npm run lint|npm run deploy|npm install|npm install left-pad|npm ci|npm publish|npm exec cowsay
npm audit|npm start|npm ls|npm version patch|npm view react|npm|npx tsc --noEmit|npx vitest run|npx prettier --write .|npx create-app|npm-check
yarn install|yarn test|yarn build|pnpm install|pnpm test|pnpm run build|bun test|bun install|deno test|deno run -A main.ts
node --version|node index.js|node -e "1"|tsc --noEmit|vitest run|jest|eslint .|prettier --check .|vite build|tsx src/index.ts
python --version|python main.py|python -c "1"|python3 -m pytest|python -m http.server|pytest|pytest -q tests|pip install requests|pip list
poetry install|uv sync|ruff check .|mypy src|go test ./...|go build ./...|go run .|go vet ./...|go mod tidy|google-chrome|gitk|gofmt -w .
cargo test|cargo build|cargo run|cargo fmt|cargo clippy|cargo publish|rustc main.rs|make|make test|make build|make deploy|makepkg
mvn test|mvn package|gradle build|dotnet test|bundle exec rspec|rake db:migrate|rails db:migrate|composer install|php artisan migrate
terraform init|terraform plan|terraform apply|terraform apply -auto-approve|terraform destroy|terraform destroy -auto-approve|terraform fmt
terraform validate|terraform state list|terraform output|pulumi up|ansible-playbook site.yml
kubectl get pods|kubectl apply -f deploy.yaml|kubectl delete pod web|kubectl logs web|kubectl exec web -- ls|kubectl --context prod get pods
kubectl --context prod delete pod web|helm list|helm install web ./chart|helm upgrade web ./chart
docker ps|docker build .|docker run alpine|docker exec web ls|docker compose up|docker compose down|docker push web|docker-compose up|docker rm -f web
aws s3 ls|aws s3 rm s3://bucket/key|aws sts get-caller-identity|gcloud auth list|gcloud projects list|az account show|gh pr create|gh pr list|gh issue list
gh pr merge 1|gh release create v1.0.0|psql -c "select 1"|mysql -e "select 1"|sqlite3 app.db .tables|redis-cli flushall
ls|ls -la|ls src|cat README.md|cat .env|cat package.json|head -n 20 README.md|tail -f app.log|pwd|cd src|echo hello|which node|whoami|env|date
grep -r TODO src|rg TODO|find . -name "*.ts"|find . -delete|find . -exec ls {} +|wc -l README.md|sort names.txt|diff a.txt b.txt|tree|du -sh .
mkdir build|touch notes.md|cp a.txt b.txt|mv a.txt b.txt|rm notes.md|rm -rf build|rm -rf node_modules|rm -rf /|rmdir build|chmod +x run.sh|chown root run.sh|ln -s a b
sed -i s/a/b/ notes.md|sed -n 1,20p README.md|awk 1 notes.md|xargs ls|tee notes.md|tar -xzf a.tgz|unzip a.zip
curl https://example.com|curl -X POST https://example.com|wget https://example.com|ssh host|scp a.txt host:|rsync -a src/ host:|ping example.com
sudo apt install jq|sudo rm -rf /|apt install jq|brew install jq|systemctl restart web|kill 1|pkill node|crontab -e|bash deploy.sh|sh run.sh|./deploy.sh|deploy|deploy prod
`;

const paths = `
README.md|src/index.ts|src/main.ts|src/app.js|src/utils/format.ts|tests/index.test.ts|package.json|package-lock.json|tsconfig.json|.env|.env.local
.env.example|docs/README.md|docs/api.md|.github/workflows/ci.yml|.gitignore|Dockerfile|Makefile|infra/main.tf|terraform/main.tf|migrations/001_init.sql
api/openapi.yaml|config/production.yaml|scripts/deploy.sh|CLAUDE.md|AGENTS.md|.claude/settings.json|.claude/agents/lead.md|.opencode/agents/lead.md
opencode.json|.roomodes|team.yaml|roles/lead.md|node_modules/left-pad/index.js|dist/index.js|main.py|src/main.py|go.mod|Cargo.toml|LICENSE|secrets/key.pem
`;

const outsidePaths = `/etc/passwd|/etc/hosts|/tmp/notes.txt|~/.ssh/id_rsa|~/.bashrc|~/.aws/credentials|../other/README.md|/usr/bin/env|/dev/sda`;

const urls = `
https://example.com/|https://github.com/|https://github.com/nodejs/node|https://api.github.com/repos|https://registry.npmjs.org/react
https://docs.example.com/guide|https://evil.example.net/|http://localhost:3000/|https://developer.mozilla.org/en-US/docs/Web|https://pypi.org/project/requests/
`;

const bundled: Readonly<Record<Domain, readonly string[]>> = {
  command: lines(commands),
  path: lines(paths),
  'outside-path': lines(outsidePaths),
  url: lines(urls),
  name: [],
  any: [],
};

function lines(table: string): readonly string[] {
  return table.trim().split(/[\n|]/);
}

/**
 * Arguments worth trying before made-up ones: the bundled ones, then what the rules' own patterns spell out when each `*` is left
 * empty or stands for a word. Whether they are in the domain, and what is decided of them, the caller must see.
 */
export function samplesFor(domain: Domain, rules: Iterable<PatternRule>): readonly string[] {
  const spelled = new Set<string>();
  if (domain !== 'any') for (const rule of rules) for (const sample of spellOut(rule)) spelled.add(sample);
  return [...bundled[domain], ...spelled];
}

function spellOut({ dialect, pattern }: PatternRule): readonly string[] {
  if (dialect === 'regexp' || dialect === 'roo-prefix') return [];
  const bare = pattern.replace(/:\*$/, '').replace(/[\\]/g, '').replaceAll('?', 'a');
  return [bare.replaceAll(/ ?\*+$/g, '').replaceAll('*', ''), bare.replaceAll(/\*+/g, 'x')];
}

/** Every rule of some policies, for the arguments that their patterns spell out. */
export function rulesOf(policies: readonly Policy[]): readonly PatternRule[] {
  return policies.flatMap(({ lists }) => lists.flatMap(({ rules }) => rules));
}

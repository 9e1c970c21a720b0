/** Programs that a machine for development may well have, to show what a pattern lets in besides the one that is meant. The most telling come first. */
export const PROGRAMS: readonly string[] = `
google-chrome gitk makepkg nodemon npm-check lsof rmdir pipx sshfs envsubst docker-compose
ack acme.sh actionlint addr2line adduser agetty airflow ansible ansible-galaxy ansible-playbook ansible-vault ant
apachectl apt apt-get apt-key aptitude ar arecord aria2c arp as asciidoctor at atq autoconf autossh awk aws aws-vault
az azcopy base64 basename bash bashbug bat batch bc bison black blkid brew browserify buildah bun bundle bundler bunx
bunzip2 busybox bzip2 c++ caddy cargo cargo-clippy cargo-install-update cat catchsegv cc certbot chattr chmod chown
chpasswd chroot chrt chsh circleci clang clang-format clear cmake cmatrix cmp codesign codex column comm compose
composer conda convert cp cpan cpio cpp crontab crossplane csplit ctags curl curlie cut dash date db2 dbt dd deno
deploy depmod df diff diff3 dig direnv dirname dmesg dnf dnsmasq docker docker-credential-pass docker-machine dockerd
doctl dotnet dotnet-script dpkg dpkg-deb dropbear dropdb dropuser du echo ed egrep eksctl elixir emacs emacsclient env
erl esbuild eslint eslint_d ex expand expect export expr factor fallocate fdisk ffmpeg fgrep file find findmnt fish
flake8 flask flock flutter fly flyctl flyway fmt fold free fsck ftp fuser fzf g++ gcc gcloud gdb gdbserver gem
genisoimage getent gh gist git git-crypt git-lfs git-receive-pack git-shell git-upload-pack gitlab-runner gitleaks
gitui glab go gofmt gofumpt golangci-lint gopls goreleaser gosu govulncheck gpasswd gpg gpgconf gradle graphviz grep
groovy groupadd grunt gulp gunicorn gunzip gzip halt head heroku hexdump helm helmfile host hostname hostnamectl htop
http httpie httpd hub hugo iconv id ifconfig init insmod install iostat ip iptables irb istioctl java javac javadoc
jar jenv jest journalctl jq json just k3s k6 k9s kafka-topics keytool kill killall kind kops kubeadm kubectl
kubectl-neat kubectx kubelet kustomize ld ldd less lerna ln locate logger login logrotate losetup ls lsblk lua luajit
lvcreate lzma m4 make man mariadb md5sum memcached mesg minikube mix mkdir mkfs mkisofs mktemp mocha modprobe mongo
mongod mongodump mongoexport mongorestore mongosh more mount mv mvn mvnw mypy mypyc mysql mysqladmin mysqld mysqldump
mysqlimport nano nc ncat netcat netstat newgrp newman nginx nice nix nix-env nix-shell nl nm nmap node node-gyp nohup
npm npm-check-updates npx nslookup nsenter ntpdate nvim nvm od opam openssl packer pacman parallel parted passwd paste
patch pdflatex perl perlbug pg_ctl pg_dump pg_dumpall pg_restore pgbench pgrep php php-fpm phpunit ping pip pip-audit
pip-compile pipenv pkg pkill playwright pm2 pnpm pnpx podman podman-compose poetry poweroff prettier printenv printf
prisma prometheus promtool protoc ps psql ptx pulumi puppet pv pwd pwdx pwsh py-spy pydoc pylint pyright pytest python
qemu-img rails rake ranlib rclone readlink reboot redis-cli redis-server rename renice restic rev rg rm rmmod rndc
route rpm rsync rspec rubocop ruby ruff runuser rustc rustfmt rustup rvm sbt scp screen sed semgrep sendmail seq
service sftp sh sha256sum shellcheck shred shuf shutdown skaffold sleep snap socat sops sort spectral split sqlcmd
sqlfluff sqlite3 ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan ssh-keysign sshd sshpass stat strace strings
strip stty stunnel su sudo sudoedit sudoreplay supabase supervisorctl svn swapoff sync sysctl systemctl systemd-run
tail tailscale tailscaled tar task tcpdump tee telnet terraform terraform-docs terragrunt test time timeout tmux top
touch tox tr traceroute trap tree trivy truncate tsc tscon tsx ts-node tsserver tty turbo ufw umount uname uncompress
unlink unshare unzip updatedb uptime useradd userdel usermod uuidgen uv uvicorn uvx vagrant vault vercel vi view vim
vimdiff visudo vite vitest vmstat wait watch watchman wc webpack wget whatis whereis which who whoami whois write
xargs xclip xdg-open xxd xz yarn yarnpkg yq yum zcat zip zipinfo zsh zstd
`
  .trim()
  .split(/\s+/);

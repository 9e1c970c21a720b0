/** The scripts that make a shell ask `teamc complete` what may come next. None of them evaluates what a person wrote. */
export const SHELLS = {
  bash: `# teamc in bash: add this line to ~/.bashrc
#   eval "$(teamc completion bash)"
_teamc() {
  local value
  COMPREPLY=()
  while IFS=$'\\t' read -r value _; do
    COMPREPLY+=("$value")
  done < <(teamc complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ \${COMPREPLY[0]-} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -o bashdefault -F _teamc teamc
`,
  zsh: `#compdef teamc
# teamc in zsh: add this line to ~/.zshrc, below compinit
#   eval "$(teamc completion zsh)"
_teamc() {
  local -a found
  local value what
  while IFS=$'\\t' read -r value what; do
    found+=("\${value//:/\\\\:}\${what:+:$what}")
  done < <(teamc complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then
    _describe 'teamc' found -M 'l:|=*'
  else
    _files
  fi
}
if [ "\${funcstack[1]}" = _teamc ]; then _teamc "$@"; else compdef _teamc teamc; fi
`,
  fish: `# teamc in fish:
#   teamc completion fish > ~/.config/fish/completions/teamc.fish
function __teamc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test (count $current) -eq 0; and set current ''
    set -l found (teamc complete -- $words[2..] $current 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path $current
    end
end
complete -c teamc -f -a '(__teamc_complete)'
`,
} as const;

# Completion of bilatcli for bash:  eval "$(bilatcli completion bash)"
_bilatcli() {
    local IFS=$'\n'
    COMPREPLY=($(bilatcli --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _bilatcli bilatcli

#compdef bilatcli
# Completion of bilatcli for zsh:  eval "$(bilatcli completion zsh)"
_bilatcli() {
    local -a lines values shown
    local line
    lines=("${(@f)$(bilatcli --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    if (( ${#values} )); then
        compadd -U -Q -l -d shown -a values
    else
        _files
    fi
}
compdef _bilatcli bilatcli

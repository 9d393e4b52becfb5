# Completion of bilatcli for bash:  eval "$(bilatcli completion bash)"
_bilatcli() {
    local IFS=$'\n' words=() before="" word
    # Readline splits `--option=value` at the equals sign.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ${#words[@]} -gt 0 && ( $word == = || $before == = ) ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        before=$word
    done
    COMPREPLY=($(bilatcli --complete "${words[@]}" 2>/dev/null | cut -f1))
    word=${words[${#words[@]}-1]}
    [[ $word == -*=* && $COMP_WORDBREAKS == *=* ]] && COMPREPLY=("${COMPREPLY[@]#"${word%%=*}="}")
}
complete -o default -F _bilatcli bilatcli

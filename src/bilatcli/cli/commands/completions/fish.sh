# Completion of bilatcli for fish:  bilatcli completion fish | source
complete -c bilatcli -f -a '(bilatcli --complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
complete -c bilatcli -l data -r -F

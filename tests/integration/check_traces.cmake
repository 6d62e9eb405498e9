# Runs CHECK over every trace in the directory TRACES; their names are known only after the tests ran.
file(GLOB recordings ${TRACES}/*.jsonl)
if(NOT recordings)
  message(FATAL_ERROR "No traces in ${TRACES}: run the integration tests first.")
endif()
execute_process(COMMAND /usr/bin/python3 ${CHECK} ${recordings} COMMAND_ERROR_IS_FATAL ANY)

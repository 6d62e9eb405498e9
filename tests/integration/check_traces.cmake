# Runs CHECK over every trace in the directory TRACES; their names are known only after the tests ran.
file(GLOB recordings ${TRACES}/*.jsonl)
if(NOT recordings)
  message(FATAL_ERROR "No traces in ${TRACES}: run the integration tests first.")
endif()
# Those of a Data Center have a description of their own.
set(data_center ${recordings})
list(FILTER data_center INCLUDE REGEX "/dc-[^/]*$")
list(FILTER recordings EXCLUDE REGEX "/dc-[^/]*$")
execute_process(COMMAND /usr/bin/python3 ${CHECK} ${recordings} COMMAND_ERROR_IS_FATAL ANY)
if(data_center)
  execute_process(COMMAND /usr/bin/python3 ${CHECK} --dc ${data_center} COMMAND_ERROR_IS_FATAL ANY)
endif()

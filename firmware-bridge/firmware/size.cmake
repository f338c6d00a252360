# cmake -DSIZE=… -DELF=… -DFLASH_MAX=… -DRAM_MAX=… -P size.cmake: prints what a firmware takes, without the stack, and fails over the
# limits.
execute_process(COMMAND ${SIZE} ${ELF} OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "\n *([0-9]+)[ \t]+([0-9]+)[ \t]+([0-9]+)" row "${table}")
math(EXPR flash "${CMAKE_MATCH_1} + ${CMAKE_MATCH_2}")
math(EXPR ram "${CMAKE_MATCH_2} + ${CMAKE_MATCH_3}")
get_filename_component(name ${ELF} NAME)
message("${name}: flash ${flash} of ${FLASH_MAX} bytes, RAM without stack ${ram} of ${RAM_MAX}")
if(flash GREATER FLASH_MAX OR ram GREATER RAM_MAX)
  message(FATAL_ERROR "${name} has outgrown its limits")
endif()

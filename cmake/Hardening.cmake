# aspm_harden(<target>): how our programs and libraries are hardened, as options that <target> passes on. Whether the
# binaries have it is checked by tests/hardening.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C CXX) # with CMAKE_POSITION_INDEPENDENT_CODE: programs are linked with -pie

function(aspm_harden target)
  # Fortified functions need the optimiser.
  target_compile_options(${target} INTERFACE -fstack-protector-strong $<$<CONFIG:RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
  target_link_options(${target} INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)

  # Sanitizers bring checks of their own.
  if(ASPM_SANITIZE)
    return()
  endif()
  # Not for every machine, so they are tried first.
  foreach(flag -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "ASPM_CXX_KNOWS${flag}" known)
    check_cxx_compiler_flag(${flag} ${known})
    if(${known})
      target_compile_options(${target} INTERFACE ${flag})
    endif()
  endforeach()
endfunction()

@echo off
rem Starts Rondo. In a source checkout it first builds what is missing; in a distribution it stands in bin\.
rem
rem   RONDO_MEMORY     memory for the heap, and as much again for native arrays: 2g, 512m (default: a quarter of the machine's)
rem   RONDO_PLUGINS    folder with plugin JARs (default: plugins\)
rem   RONDO_JAVA_OPTS  further options for the JVM
rem   JAVA_HOME        the JDK to use (default: the java on the path)
setlocal

set "here=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"

if exist "%here%pom.xml" (
  set "home=%here%cli\target\rondo"
  set "plugins=%here%plugins"
) else (
  set "home=%here%.."
  set "plugins=%here%..\plugins"
)
if defined RONDO_PLUGINS set "plugins=%RONDO_PLUGINS%"

if exist "%home%\lib" goto start
if not exist "%here%pom.xml" (
  echo rondo: there is no "%home%\lib": the distribution is not complete 1>&2
  exit /b 1
)
echo rondo: building, which takes about half a minute; the very first time Maven also downloads about 190 MB 1>&2
call mvn -q -B -ntp -f "%here%pom.xml" -pl cli -am -Dmaven.test.skip=true -Drondo.lint=off package 1>&2
if errorlevel 1 (
  echo rondo: the build failed 1>&2
  exit /b 1
)
rem Without its notes Maven compiles all of it again when it is next called: then with the checks that were left out here.
for /d %%m in ("%here%*") do if exist "%%m\target\maven-status" rd /s /q "%%m\target\maven-status"

:start
set "memory="
if defined RONDO_MEMORY set "memory=-Xmx%RONDO_MEMORY% -Dorg.bytedeco.javacpp.maxbytes=%RONDO_MEMORY%"

"%java%" -XX:+UseParallelGC --add-modules jdk.incubator.vector %memory% -Dorg.bytedeco.javacpp.maxphysicalbytes=0 --enable-native-access=ALL-UNNAMED -Dsun.misc.unsafe.memory.access=allow "-Drondo.home=%home%" "-Drondo.plugins=%plugins%" %RONDO_JAVA_OPTS% -cp "%home%\lib\*;%plugins%\*" dev.rondo.cli.Main %*
exit /b %errorlevel%

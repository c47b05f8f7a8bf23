@echo off
rem Runs the lab's command line: finds Java, builds when there is something to build, and starts it.
rem PERDITA_JAVA_OPTS, if set, is passed to the JVM.
setlocal EnableExtensions DisableDelayedExpansion

set "HERE=%~dp0"
set "HERE=%HERE:~0,-1%"
rem Spark is for those who ask for it.
set "MODULE=lab"
for %%A in (%*) do if "%%~A"=="--on" set "MODULE=cluster"
set "JAR=%HERE%\lab\target\perdita-lab.jar"
set "STAMP=%HERE%\target\built"
set "CLASSES=%JAR%"
set "SPARK="
if "%MODULE%"=="cluster" (
  set "JAR=%HERE%\cluster\target\perdita-cluster.jar"
  set "STAMP=%HERE%\target\built-cluster"
  set "CLASSES=%HERE%\cluster\target\spark\*;%HERE%\cluster\target\perdita-cluster.jar"
  set SPARK="@%HERE%\cluster\spark.jvm"
)
set "LOG=%HERE%\target\build.log"

rem ---- Java: JAVA_HOME, then java on PATH
set "JAVA="
set "MAJOR=0"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" call :try "%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :try "%%~$PATH:J"
if not defined JAVA for /d %%D in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*") do if exist "%%~D\bin\java.exe" call :try "%%~D\bin\java.exe"
if not defined JAVA (
  echo perdita: a JDK 17 or newer is needed; install one, or point JAVA_HOME at it 1>&2
  exit /b 3
)

rem ---- build when there is none, or a source is newer
call :stale
if not errorlevel 1 goto run
if not exist "%HERE%\target" mkdir "%HERE%\target"
rem A folder can be made by one process only: it is the lock.
set "WAITED="
:lock
mkdir "%HERE%\target\building" 2>nul && goto build
if not defined WAITED echo perdita: waiting for another build; if there is none, remove %HERE%\target\building 1>&2
set "WAITED=1"
ping -n 3 127.0.0.1 >nul
goto lock

:build
call :stale
if not errorlevel 1 (
  rmdir "%HERE%\target\building"
  goto run
)
echo perdita: building; the log is %LOG% 1>&2
if exist "%STAMP%" del "%STAMP%"
type nul > "%STAMP%.new"
set "MAVEN=%HERE%\mvnw.cmd"
for %%M in (mvn.cmd) do if not "%%~$PATH:M"=="" set "MAVEN=%%~$PATH:M"
for %%B in ("%JAVA%") do for %%H in ("%%~dpB..") do set "JAVA_HOME=%%~fH"
pushd "%HERE%"
call "%MAVEN%" --batch-mode --projects %MODULE% --also-make -Dmaven.test.skip=true -Dspotless.check.skip=true package > "%LOG%" 2>&1
set "CODE=%ERRORLEVEL%"
popd
rmdir "%HERE%\target\building"
if not "%CODE%"=="0" (
  del "%STAMP%.new"
  powershell -NoProfile -Command "Get-Content -LiteralPath $env:LOG | Where-Object { $_ -notmatch '^\[INFO\]' } | Select-Object -Last 30" 1>&2
  echo perdita: the build failed; the whole log is %LOG% 1>&2
  exit /b 3
)
move /y "%STAMP%.new" "%STAMP%" >nul

:run
set "NATIVES="
if %MAJOR% GEQ 24 set "NATIVES=--enable-native-access=ALL-UNNAMED"
"%JAVA%" %NATIVES% -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0 -Djava.awt.headless=true -Dperdita.terminal=true "-Dperdita.home=%HERE%" %SPARK% %PERDITA_JAVA_OPTS% -cp "%CLASSES%" org.perdita.lab.cli.Main %*
exit /b %ERRORLEVEL%

rem ---- sets JAVA and MAJOR if %1 is Java 17 or newer
:try
set "FULL="
for /f "tokens=3" %%V in ('call "%~1" -version 2^>^&1 ^| findstr /i " version "') do if not defined FULL set "FULL=%%~V"
if not defined FULL exit /b
set "FOUND=0"
for /f "tokens=1 delims=.-+" %%N in ("%FULL%") do set "FOUND=%%N"
if %FOUND% GEQ 17 (
  set "JAVA=%~1"
  set "MAJOR=%FOUND%"
)
exit /b

rem ---- errorlevel 0: the build is newer than every source; 1: it is not
:stale
if not exist "%STAMP%" exit /b 1
if not exist "%JAR%" exit /b 1
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath $env:STAMP).LastWriteTimeUtc; $s = Get-ChildItem -Path (Join-Path $env:HERE 'pom.xml'), (Join-Path $env:HERE '*\pom.xml'); $s += Get-ChildItem -Recurse -Path (Join-Path $env:HERE '*\src\main'); if ($s | Where-Object { $_.LastWriteTimeUtc -gt $t }) { exit 1 }"
exit /b %ERRORLEVEL%

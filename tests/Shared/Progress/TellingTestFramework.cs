using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ExpiryAnalyzers.Tests;

/// <summary>xunit's own framework, which also says now and then how far it is: a runner is silent until an assembly is done.</summary>
public sealed class TellingTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            IXunitTestCase[] cases = [.. testCases];
            base.RunTestCases(cases, new Counter(executionMessageSink, DiagnosticMessageSink, cases.Length), executionOptions);
        }
    }

    private sealed class Counter : LongLivedMarshalByRefObject, IMessageSink
    {
        private readonly IMessageSink _inner;
        private readonly Timer _timer;
        private int _done;

        public Counter(IMessageSink inner, IMessageSink diagnostics, int all)
        {
            _inner = inner;
            _timer = new(_ => diagnostics.OnMessage(new DiagnosticMessage($"{Volatile.Read(ref _done)} of {all} done")), null, Pause, Pause);
        }

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseFinished)
            {
                Interlocked.Increment(ref _done);
            }
            else if (message is ITestAssemblyFinished)
            {
                _timer.Dispose();
            }

            return _inner.OnMessage(message);
        }
    }
}

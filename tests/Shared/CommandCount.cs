using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Tests.Shared;

/// <summary>
/// Counts the commands that a request, or a call, sends to the database. Counts by the flow of execution, so that jobs and
/// other requests of the same process do not disturb. Answers carry the number in the header <see cref="Header"/>.
/// </summary>
public sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public const string Header = "X-Test-Commands";

    private static readonly AsyncLocal<CommandCount?> Current = new();
    private static readonly Lock Once = new();
    private static bool listening;

    private int count;

    public int Count => count;

    /// <summary>Starts counting for this flow of execution.</summary>
    public static CommandCount Start()
    {
        lock (Once)
        {
            if (!listening)
                DiagnosticListener.AllListeners.Subscribe(new CommandCount());
            listening = true;
        }
        return Current.Value = new();
    }

    /// <summary>The number that an answer carries, 0 when it carries none.</summary>
    public static int In(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(Header, out var number) ? int.Parse(number.Single(), System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>Makes the answers of a server carry the number of their commands.</summary>
    public static void Show(IServiceCollection services) => services.AddTransient<IStartupFilter, ShowCount>();

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            value.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && Current.Value is { } counting)
            Interlocked.Increment(ref counting.count);
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }

    private sealed class ShowCount : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                var counting = Start();
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers[Header] = counting.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    return Task.CompletedTask;
                });
                return go(context);
            });
            next(app);
        };
    }
}

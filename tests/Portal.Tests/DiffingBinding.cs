using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Portal.Tests;

/// <summary>bUnit names AngleSharp.Diffing 1.x, whose calls 0.17.0 answers; the runtime refuses the lower version unless it is bound by name.</summary>
internal static class DiffingBinding
{
    [ModuleInitializer]
    internal static void Bind() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "AngleSharp.Diffing" ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll")) : null;
}

namespace Complaints; /// <summary>Placeholder.</summary>
public static class Placeholder;
